import { fault } from '../faults.ts';
import { masked } from './body-of.ts';
import { distinct } from './distinct.ts';
import type { Kind, Mix } from './kind.ts';
import { isOff } from './kind-of.ts';
import { counted } from './mix.ts';
import { parametersOf } from './parameters-of.ts';
import { visibleTemplate } from './percent.ts';
import { checkReferences, type Document, follow } from './references.ts';
import { sampleOf, statedBy } from './sample-of.ts';
import { at, type Fields, fieldsOf, isFields, listOf, wordsOf } from './unknowns.ts';

const methods = ['get', 'head', 'options', 'post', 'put', 'patch', 'delete'];

/** One operation of a document: a method of a path. */
export type Operation = {
  readonly method: string;
  readonly path: string;
  readonly fields: Fields;
  /** Those of the path and its own; its own stand before those of the path. */
  readonly parameters: readonly Fields[];
  readonly place: readonly (string | number)[];
};

/**
 * An OpenAPI document (3.0, 3.1) → one request for each of its operations, all of one weight: a document does not tell how often each is asked for.
 *
 * @throws USAGE where it is none, or holds a reference that leads nowhere, with the place
 */
export function fromOpenapi(document: Document, writes: boolean): Mix {
  const { file, root } = document;
  const version = at(root, 'openapi');
  if (typeof version !== 'string' || !version.startsWith('3.')) throw fault('USAGE', [notOpenapi(file, root)]);
  checkReferences(document);
  const operations = operationsOf(document);
  if (operations.length === 0)
    throw fault('USAGE', [`${file} describes no operation: it has no "paths", or they are empty`]);
  const server = serverOf(root);
  return {
    source: `${file}: ${counted(operations.length, 'operation')}`,
    origin: server.origin,
    kinds: distinct(operations.map((operation) => kindOf(document, operation, server.prefix, writes))),
    busiest: undefined,
    notes: [
      'an OpenAPI document does not tell how often each operation is asked for: every weight is 1',
      ...secured(root),
    ],
  };
}

function notOpenapi(file: string, root: Fields): string {
  if (typeof at(root, 'swagger') === 'string') {
    return `${file} is an OpenAPI 2 document ("swagger: ${at(root, 'swagger')}"); version 3 is read, so convert it first`;
  }
  return `${file} is no OpenAPI document of version 3: it has no "openapi: 3…" at its top`;
}

function secured(root: Fields): readonly string[] {
  const schemes = Object.keys(fieldsOf(at(fieldsOf(at(root, 'components')), 'securitySchemes')));
  return schemes.length > 0
    ? [`it asks for credentials (${schemes.join(', ')}), which are not in a document: what needs them will be refused`]
    : [];
}

function operationsOf(document: Document): readonly Operation[] {
  return Object.entries(fieldsOf(at(document.root, 'paths'))).flatMap(([path, item]) => {
    const place = ['paths', path];
    const fields = fieldsOf(follow(document, item, place));
    return methods.flatMap((method) => {
      const operation = at(fields, method);
      if (!isFields(operation)) return [];
      const own = resolved(document, at(operation, 'parameters'), [...place, method, 'parameters']);
      const shared = resolved(document, at(fields, 'parameters'), [...place, 'parameters']);
      const isOwn = (one: Fields) =>
        own.some((other) => at(other, 'name') === at(one, 'name') && at(other, 'in') === at(one, 'in'));
      const parameters = [...own, ...shared.filter((one) => !isOwn(one))];
      return [{ method: method.toUpperCase(), path, fields: operation, parameters, place: [...place, method] }];
    });
  });
}

const resolved = (document: Document, list: unknown, place: Operation['place']): readonly Fields[] =>
  listOf(list).map((item, index) => fieldsOf(follow(document, item, [...place, index])));

/** Where requests go: the first server, its variables as their defaults say. */
function serverOf(root: Fields): { readonly origin: string | undefined; readonly prefix: string } {
  const server = fieldsOf(listOf(at(root, 'servers'))[0]);
  const variables = fieldsOf(at(server, 'variables'));
  const url = (wordsOf(at(server, 'url')) ?? '/').replace(
    /\{([^{}]*)\}/g,
    (whole, name: string) => wordsOf(at(fieldsOf(at(variables, name)), 'default')) ?? whole,
  );
  const isWhole = /^https?:\/\//.test(url) && URL.canParse(url);
  const address = isWhole ? new URL(url) : undefined;
  const prefix = (address?.pathname ?? url).replace(/\/+$/, '');
  return { origin: address?.origin, prefix: prefix === '' || prefix.startsWith('/') ? prefix : `/${prefix}` };
}

function kindOf(document: Document, operation: Operation, prefix: string, writes: boolean): Kind {
  const { method } = operation;
  const given = parametersOf(document, operation);
  const body = bodyOf(document, operation);
  const unknown = given.unknown.length > 0 ? `nothing tells a value for ${given.unknown.join(', ')}` : undefined;
  return {
    name: nameOf(operation),
    weight: 1,
    method,
    path: visibleTemplate(prefix + given.path),
    headers: given.headers,
    body: body.body,
    rows: undefined,
    remarks: [...given.remarks, ...body.remarks],
    off: isOff(method, writes) ?? unknown,
  };
}

function bodyOf(document: Document, { fields, place }: Operation): Pick<Kind, 'body' | 'remarks'> {
  const request = fieldsOf(follow(document, at(fields, 'requestBody'), [...place, 'requestBody']));
  const content = Object.entries(fieldsOf(at(request, 'content')));
  if (content.length === 0) return { body: undefined, remarks: [] };
  const [type, media] = content.find(([name]) => /json/i.test(name)) ?? [undefined, undefined];
  if (type === undefined)
    return { body: undefined, remarks: [`its body (${content[0]?.[0]}) is not JSON, and is left to you`] };
  const told = fieldsOf(media);
  const [named] = Object.values(fieldsOf(at(told, 'examples')));
  const stated = statedBy({ example: at(told, 'example') ?? at(fieldsOf(follow(document, named, place)), 'value') });
  const sample =
    stated === undefined
      ? sampleOf(document, at(told, 'schema'), [...place, 'requestBody'])
      : { value: stated, stated: true };
  return {
    body: { json: masked(sample.value) },
    remarks: sample.stated ? [] : ['its body is made up after the schema'],
  };
}

function nameOf({ method, path, fields }: Operation): string {
  const words =
    wordsOf(at(fields, 'operationId')) ?? `${method.toLowerCase()}${path.replaceAll('{', '').replaceAll('}', '')}`;
  const name = words
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '');
  return name === '' ? method.toLowerCase() : name;
}
