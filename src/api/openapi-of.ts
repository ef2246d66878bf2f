import type { Answer, Told } from './route.ts';
import { ProblemSchema } from './schemas.ts';

/** A route as the server knows it. */
export type Described = {
  readonly method: string;
  readonly url: string;
  readonly told: Told | undefined;
  readonly schema: { readonly body?: unknown; readonly querystring?: unknown; readonly params?: unknown };
};

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
type Part = { readonly [name: string]: Json };

/** The description of the API, OpenAPI 3.1, made from the schemas that check what comes in. */
export function openapiOf(routes: readonly Described[], version: string): Part {
  const kept = new Map<string, Json>();
  const schema = (value: unknown): Json => referring(plain(value), kept);
  const paths = Map.groupBy(routes, ({ url }) => url.replaceAll(/:(\w+)/g, '{$1}'));
  const described = [...paths].map(([url, methods]) => [url, operations(methods, schema)] as const);
  return {
    openapi: '3.1.1',
    info: {
      title: 'Plimsoll',
      version,
      description:
        'Which resource of a service saturates first, at what load, how sure that is, and how much headroom is left.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    paths: Object.fromEntries(described),
    components: {
      schemas: Object.fromEntries([...kept].sort(([a], [b]) => (a < b ? -1 : 1))),
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'where the configuration has a token' },
      },
    },
  };
}

type Say = (schema: unknown) => Json;

function operations(routes: readonly Described[], schema: Say): Part {
  return Object.fromEntries(routes.map((route) => [route.method.toLowerCase(), operation(route, schema)]));
}

function operation({ method, told, schema: { body, querystring, params } }: Described, schema: Say): Part {
  const reads = method === 'GET';
  const answers = Object.entries(told?.answers ?? {}).map(([status, answer]) => [status, response(answer, schema)]);
  const problem = { says: 'what went wrong', content: { 'application/problem+json': ProblemSchema } };
  return {
    summary: told?.summary ?? '',
    parameters: [...parameters('path', params, schema), ...parameters('query', querystring, schema)],
    ...(body === undefined ? {} : { requestBody: { content: { 'application/json': { schema: schema(body) } } } }),
    responses: { ...Object.fromEntries(answers), ...(told?.plain ? {} : { default: response(problem, schema) }) },
    ...(reads ? {} : { security: [{}, { token: [] }] }),
  };
}

function response({ says, content, headers = {} }: Answer, schema: Say): Part {
  const media = Object.entries(content ?? {}).map(([type, one]) => [
    type,
    { schema: one ? schema(one) : { type: 'string' } },
  ]);
  const named = Object.entries(headers).map(([name, description]) => [
    name,
    { description, schema: { type: 'string' } },
  ]);
  return {
    description: says,
    ...(media.length === 0 ? {} : { content: Object.fromEntries(media) }),
    ...(named.length === 0 ? {} : { headers: Object.fromEntries(named) }),
  };
}

function parameters(place: 'path' | 'query', object: unknown, schema: Say): readonly Json[] {
  const { properties = {}, required = [] } = parts(plain(object ?? {}));
  const needed: readonly Json[] = Array.isArray(required) ? required : [];
  return Object.entries(parts(properties)).map(([name, one]) => {
    return { name, in: place, required: needed.includes(name), schema: schema(one) };
  });
}

/** A schema as it is written in JSON; what only the program knows of it falls away. */
function plain(schema: unknown): Json {
  const copy: Json = JSON.parse(JSON.stringify(schema));
  return copy;
}

const isPart = (value: Json): value is Part => typeof value === 'object' && value !== null && !Array.isArray(value);
const parts = (value: Json): Part => (isPart(value) ? value : {});

/** Puts every schema that has a name into `kept`, and a reference in its place. */
function referring(value: Json, kept: Map<string, Json>): Json {
  if (Array.isArray(value)) return value.map((one) => referring(one, kept));
  if (!isPart(value)) return value;
  const { $id, ...rest } = value;
  const inner = Object.fromEntries(Object.entries(rest).map(([name, one]) => [name, referring(one, kept)]));
  if (typeof $id !== 'string') return inner;
  const name = $id.replaceAll(/[^A-Za-z0-9._-]/g, '.');
  kept.set(name, inner);
  return { $ref: `#/components/schemas/${name}` };
}
