import { Ajv2020 } from 'ajv/dist/2020.js';
import document from '../../../specs/openapi.json' with { type: 'json' };

export type Schema = object;
type Content = Readonly<Record<string, { readonly schema?: Schema; readonly example?: unknown }>>;
type Header = { readonly required?: boolean; readonly schema: Schema };
export type Described = {
  readonly headers?: Readonly<Record<string, Header>>;
  readonly content?: Content;
};
export type Parameter = {
  readonly name: string;
  readonly in: string;
  readonly schema?: Schema;
  readonly content?: Content;
  readonly example?: unknown;
};
type Reference = { readonly $ref: string };
type OperationObject = {
  readonly operationId: string;
  readonly description: string;
  readonly security: readonly object[];
  readonly 'x-scopes': readonly string[];
  readonly parameters?: readonly (Parameter | Reference)[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, Described | Reference>>;
};
export type Operation = Omit<OperationObject, 'parameters' | 'responses'> & {
  /** As the routes have it: `GET /api/v1/status`. */
  readonly name: string;
  readonly path: string;
  /** Those of the path too. */
  readonly parameters: readonly Parameter[];
  readonly responses: Readonly<Record<string, Described>>;
};

const resolved = <Thing extends object>(thing: Thing | Reference): Thing => {
  if (!('$ref' in thing)) return thing;
  const names = (thing.$ref as string).split('/').slice(1);
  return names.reduce<unknown>((part, name) => (part as Record<string, unknown>)[name], document) as Thing;
};

const METHODS = ['get', 'put', 'post', 'patch', 'delete', 'head', 'options', 'trace'];

/** Every operation that the document describes. */
export const operations: readonly Operation[] = Object.entries(document.paths).flatMap(([path, item]) => {
  const { parameters = [] } = item as { readonly parameters?: readonly Parameter[] };
  return Object.entries(item as unknown as Record<string, OperationObject>)
    .filter(([method]) => METHODS.includes(method))
    .map(([method, operation]) => ({
      ...operation,
      name: `${method.toUpperCase()} ${path}`,
      path,
      parameters: [...parameters, ...(operation.parameters ?? [])].map((one) => resolved<Parameter>(one)),
      responses: Object.fromEntries(
        Object.entries(operation.responses).map(([status, one]) => [status, resolved<Described>(one)]),
      ),
    }));
});

/** References as they are to where the schemas are put. */
const inSchemas = <Part extends object>(part: Part): Part =>
  JSON.parse(
    JSON.stringify(part).replaceAll('"#/components/schemas/', '"urn:cairn:described#/$defs/'),
  ) as Part;

const isUri = (text: string): boolean => /^[a-z][a-z0-9+.-]*:/i.test(text) && URL.canParse(text);

const ajv = new Ajv2020({
  strict: true,
  strictRequired: false,
  allowUnionTypes: true,
  allErrors: true,
  formats: {
    uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
    'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/,
    uri: isUri,
  },
});
ajv.addSchema({ $id: 'urn:cairn:described', $defs: inSchemas(document.components.schemas) });

/** What is wrong with a value by a schema of the document; none if nothing is. */
export const wrongWith = (schema: Schema, value: unknown): readonly string[] => {
  const check = ajv.compile(inSchemas(schema));
  check(value);
  return (check.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
};

/** What came. */
export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
};

const mediaTypeOf = (response: Answer): string =>
  String(response.headers['content-type'] ?? '').split(';', 1)[0] as string;

const wrongHeaders = (headers: Described['headers'], response: Answer): readonly string[] =>
  Object.entries(headers ?? {}).flatMap(([name, { required, schema }]) => {
    const value = response.headers[name.toLowerCase()] as string | undefined;
    if (value === undefined) return required === true ? [`There is no ${name}`] : [];
    const isWhole = (schema as { readonly type?: string }).type === 'integer';
    return wrongWith(schema, isWhole ? Number(value) : value).map((wrong) => `${name}: ${wrong}`);
  });

/** What a real answer has that the document does not say, or has not that it says. */
export const unlike = (operation: Operation, response: Answer): readonly string[] => {
  const described = operation.responses[response.status];
  if (described === undefined) return [`${response.status} is not described`];
  const headers = wrongHeaders(described.headers, response);
  const type = mediaTypeOf(response);
  if (described.content === undefined)
    return [...headers, ...(type === '' && response.text === '' ? [] : [`There is a body of ${type}`])];
  const content = described.content[type] ?? described.content['*/*'];
  if (content === undefined) return [...headers, `${type} is not described`];
  const value = type.endsWith('json') ? JSON.parse(response.text) : response.text;
  return [...headers, ...(content.schema === undefined ? [] : wrongWith(content.schema, value))];
};

/** Whether the document lets a body be sent. */
export const wrongBody = ({ requestBody }: Operation, sent: unknown): readonly string[] => {
  const schema = requestBody?.content['application/json']?.schema;
  return schema === undefined ? ['No body is described'] : wrongWith(schema, sent);
};
