import { expect, test } from 'vitest';
import { yamlDocument } from '../../src/config/yaml-document.ts';
import { fromOpenapi } from '../../src/survey/from-openapi.ts';
import { fieldsOf } from '../../src/survey/unknowns.ts';

const read = (text: string, writes = true) => {
  const { value, lineOf } = yamlDocument(`openapi: 3.1.0\n${text}`, 'api.yaml');
  return fromOpenapi({ file: 'api.yaml', root: fieldsOf(value), lineOf }, writes);
};
const lines = (text: string) =>
  read(text).kinds.map(({ method, path, name, off }) => [method, path, name, ...(off === undefined ? [] : [off])]);

test('each operation is one request; references are followed, those of parameters and of whole paths too', () => {
  const text = `
paths:
  /items/{id}:
    parameters: [{ $ref: "#/components/parameters/Id" }]
    get: { operationId: get item }
    delete: {}
  /copy: { $ref: "#/paths/~1items~1%7Bid%7D" }
components: { parameters: { Id: { name: id, in: path, required: true, schema: { $ref: "#/components/schemas/Id" } } }, schemas: { Id: { type: integer, minimum: 1, maximum: 50 } } }
`;
  expect(lines(text)).toEqual([
    ['GET', '/items/{{random 1 50}}', 'get-item'],
    ['DELETE', '/items/{{random 1 50}}', 'delete-items-id'],
    ['GET', '/copy', 'get-item-2'],
    ['DELETE', '/copy', 'delete-copy'],
  ]);
});

test.each([
  ['an example', '{ type: string, example: "a b" }', '/x/a%20b', undefined],
  ['a default', '{ type: string, default: tea }', '/x/tea', undefined],
  ['a choice', '{ type: string, enum: [red, blue] }', '/x/red', undefined],
  ['a range', '{ type: integer, minimum: 3, maximum: 9 }', '/x/{{random 3 9}}', undefined],
  ['a whole number without bounds', '{ type: integer }', '/x/{{random 1 100}}', undefined],
  [
    'a range before an example',
    '{ type: integer, minimum: 3, maximum: 9, example: 4 }',
    '/x/{{random 3 9}}',
    undefined,
  ],
  ['nothing', '{ type: string }', '/x/%7Bid%7D', 'nothing tells a value for "id"'],
])('a parameter of a path is filled from %s', (_, schema, path, off) => {
  const { kinds } = read(
    `paths: { "/x/{id}": { get: { parameters: [{ name: id, in: path, required: true, schema: ${schema} }] } } }`,
  );
  expect(kinds.map((kind) => [kind.path, kind.off])).toEqual([[path, off]]);
});

test('of a query and of headers only what must be there is sent', () => {
  const text = `
paths:
  /s:
    get:
      parameters:
        - { name: q, in: query, required: true, schema: { type: string, example: tea } }
        - { name: page, in: query, schema: { type: integer } }
        - { name: X-Tenant, in: header, required: true, example: north, schema: { type: string } }
        - { name: Authorization, in: header, required: true, example: "Bearer x" }
`;
  expect(read(text).kinds[0]).toMatchObject({ path: '/s?q=tea', headers: { 'X-Tenant': 'north' }, off: undefined });
});

test('a body is the example, else made up after the schema: required keys only, cut where it holds itself', () => {
  const body = (media: string) =>
    read(`
paths: { /o: { post: { requestBody: { content: { application/json: ${media} } } } } }
components: { schemas: { Tree: { type: object, required: [name, kids], properties: { name: { type: string }, note: { type: string }, kids: { type: array, items: { $ref: "#/components/schemas/Tree" } } } } } }
`).kinds[0];
  expect(body('{ example: { item: 3 } }')).toMatchObject({ body: { json: { item: 3 } }, remarks: [] });
  expect(
    body(
      '{ schema: { type: object, required: [at, secret], properties: { at: { type: string, format: date }, secret: { type: string }, x: {} } } }',
    ),
  ).toMatchObject({
    body: { json: { at: '2026-01-31', secret: 'CHANGE-ME' } },
    remarks: ['its body is made up after the schema'],
  });
  expect(JSON.stringify(body('{ schema: { $ref: "#/components/schemas/Tree" } }')?.body)).toMatch(
    /^\{"json":\{"name":"text","kids":\[\{"name":"text"/,
  );
});

test('the first server tells where requests go, with the defaults of its variables', () => {
  const origin = (servers: string) => {
    const mix = read(`servers: ${servers}\npaths: { /a: { get: {} } }`);
    return [mix.origin, mix.kinds[0]?.path];
  };
  expect(origin('[{ url: "https://{host}:8443/v1/", variables: { host: { default: shop.example } } }]')).toEqual([
    'https://shop.example:8443',
    '/v1/a',
  ]);
  expect(origin('[{ url: /v2 }]')).toEqual([undefined, '/v2/a']);
  expect(origin('[]')).toEqual([undefined, '/a']);
});

test('credentials that it asks for are said not to be there', () => {
  const { notes } = read('paths: { /a: { get: {} } }\ncomponents: { securitySchemes: { key: { type: apiKey } } }');
  expect(notes[1]).toBe('it asks for credentials (key), which are not in a document: what needs them will be refused');
});

test.each([
  [
    'paths: { /a: { get: { parameters: [{ $ref: "#/components/parameters/Limit" }] } } }\ncomponents: { parameters: {} }',
    'api.yaml:2 (paths./a.get.parameters.0): "#/components/parameters/Limit" leads nowhere: #/components/parameters has no "Limit"',
  ],
  [
    'paths: { /a: { get: {} } }\ncomponents:\n  schemas:\n    Unused: { $ref: "#/components/schemas/Gone" }',
    'api.yaml:5 (components.schemas.Unused): "#/components/schemas/Gone" leads nowhere: #/components/schemas has no "Gone"',
  ],
  [
    'paths: { /a: { $ref: "other.yaml#/paths/a" } }',
    'api.yaml:2 (paths./a): "other.yaml#/paths/a" leads out of this file; bundle the document into one file first',
  ],
  [
    'paths: { /a: { $ref: "#/paths/~1b" }, /b: { $ref: "#/paths/~1a" } }',
    'api.yaml:2 (paths./a): its reference leads in a circle',
  ],
  ['paths: {}', 'api.yaml describes no operation: it has no "paths", or they are empty'],
])('%s is refused in one sentence with its place', (text, sentence) => {
  expect(() => read(text)).toThrow(sentence);
});

test('what only looks like a reference in an example is none; a property may be called so', () => {
  const text = `
paths: { /a: { get: {} } }
components: { schemas: { A: { example: { $ref: "#/nowhere" }, properties: { $ref: { type: string }, example: { type: string } } } } }
`;
  expect(read(text).kinds.length).toBe(1);
});

test('other documents are told from it', () => {
  const of = (root: object) => () => fromOpenapi({ file: 'x.json', root: fieldsOf(root), lineOf: undefined }, false);
  expect(of({ swagger: '2.0' })).toThrow(
    'x.json is an OpenAPI 2 document ("swagger: 2.0"); version 3 is read, so convert it first',
  );
  expect(of({ paths: {} })).toThrow('x.json is no OpenAPI document of version 3: it has no "openapi: 3…" at its top');
});
