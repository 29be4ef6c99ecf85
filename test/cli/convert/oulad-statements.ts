import { ouladFormat } from '../../../src/cli/convert/oulad-format.ts';

/** What tests ask of a statement of the dataset. */
export type Made = {
  readonly id: string;
  readonly actor: { readonly account: { readonly name: string } };
  readonly verb: { readonly id: string };
  readonly object: {
    readonly id: string;
    readonly definition: { readonly extensions: Readonly<Record<string, unknown>> };
  };
  readonly result?: { readonly score?: { readonly scaled: number }; readonly response?: string };
  readonly context: {
    readonly registration: string;
    readonly contextActivities: { readonly grouping: readonly { readonly id: string }[] };
    readonly extensions?: Readonly<Record<string, unknown>>;
  };
  readonly timestamp: string;
};

/** All that is made of a folder. */
export async function* statementsOf(folder: string): AsyncGenerator<Made> {
  const { elements } = ouladFormat.open(folder, { name: undefined, mapping: undefined });
  for await (const { bytes, row } of elements) {
    if (row?.refusal !== undefined) throw row.refusal;
    yield JSON.parse(bytes.toString('utf8')) as Made;
  }
}

export const verbOf = ({ verb }: Made): string => verb.id.split('/').at(-1) as string;
