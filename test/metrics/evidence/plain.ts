/** A statement as `GET /xapi/statements` gives it, as far as these counts look at it. */
export type Plain = {
  readonly id: string;
  readonly actor: Agent & { readonly objectType?: string; readonly member?: readonly Agent[] };
  readonly verb: { readonly id: string };
  readonly object: Agent & {
    readonly objectType?: string;
    readonly id?: string;
    readonly definition?: Definition;
  };
  readonly timestamp: string;
  readonly stored: string;
  readonly result?: {
    readonly success?: boolean;
    readonly completion?: boolean;
    readonly response?: string;
    readonly duration?: string;
    readonly score?: { readonly scaled?: number; readonly raw?: number };
  };
  readonly context?: {
    readonly registration?: string;
    readonly instructor?: Agent;
    readonly extensions?: Readonly<Record<string, unknown>>;
    readonly contextActivities?: Readonly<
      Record<string, readonly { readonly id: string; readonly definition?: Definition }[]>
    >;
  };
};
type Agent = {
  readonly mbox?: string;
  readonly account?: { readonly homePage: string; readonly name: string };
};
type Definition = { readonly type?: string; readonly extensions?: Readonly<Record<string, unknown>> };

const DAY = 86_400_000;
const COURSE = 'http://adlnet.gov/expapi/activities/course';

/** Who somebody is, whichever of their two identifiers is used. Learner 25 was merged, and split again. */
export const nameOf = ({ mbox, account }: Agent): string => {
  const name = account?.name ?? mbox?.replace(/^mailto:|@.*$/g, '') ?? '';
  const isTwo = name === 'e25' || !/^[ep]\d+$/.test(name);
  return isTwo ? name : name.slice(1);
};

/** The last word of a verb. */
export const verbOf = ({ verb }: Plain): string => verb.id.split('/').at(-1)?.split(':').at(-1) ?? '';
export const timeOf = ({ timestamp }: Plain): number => Date.parse(timestamp);
export const daysBetween = (from: number, to: number): number => Math.floor((to - from) / DAY);
export const scaledOf = ({ result }: Plain): number => result?.score?.scaled ?? Number.NaN;
export const isScored = (one: Plain): boolean => !Number.isNaN(scaledOf(one));
export const isCarriedOver = ({ context }: Plain): boolean =>
  context?.extensions?.['urn:cairn:carried-over'] === true;

/** The course that it counts for, or what it is about itself. */
export const rootOf = ({ object, context }: Plain): string => {
  if (object.definition?.type === COURSE) return object.id ?? '';
  const grouping = context?.contextActivities?.['grouping'] ?? [];
  return grouping.find(({ definition }) => definition?.type === COURSE)?.id ?? object.id ?? '';
};

export const isCompleted = (one: Plain): boolean =>
  verbOf(one) === 'completed' ? one.result?.completion !== false : one.result?.completion === true;
export const isPassed = (one: Plain): boolean => verbOf(one) === 'passed' || isGood(one) === true;
export const isFailed = (one: Plain): boolean => verbOf(one) === 'failed' || isGood(one) === false;
/** What its result says of an assessment or a course that has a score. */
const isGood = ({ result, object }: Plain): boolean | undefined =>
  result?.score === undefined && object.definition?.type !== COURSE ? undefined : result?.success;

/** Hours, of the few forms that are used here. */
export const hoursOf = ({ result }: Plain): number => {
  const [, hours = 0, minutes = 0] = /^PT(?:(\d+)H)?(?:(\d+)M)?$/.exec(result?.duration ?? '') ?? [];
  return Number(hours) + Number(minutes) / 60;
};
export const dueOf = (one: Plain): number =>
  Date.parse(
    String(
      one.context?.extensions?.['urn:cairn:due'] ?? one.object.definition?.extensions?.['urn:cairn:due'],
    ),
  );
