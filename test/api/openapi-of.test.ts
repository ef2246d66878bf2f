import { expect, test } from 'vitest';
import { aService } from './a-service.ts';
import { openapiGolden } from './openapi-golden.ts';

const document = JSON.parse(await openapiGolden());

/** "/api/v1/runs/:run (GET)" and so on, from the router itself: one line a path, indented under what it shares with others. */
function routesOf(tree: string): readonly string[] {
  const above: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const [, indent = '', part = '', methods] = /^([ │├└─]*)(\S*)(?: \(([A-Z, ]+)\))?$/.exec(line) ?? [];
    const depth = indent.length / 4;
    above.length = Math.max(0, depth - 1);
    above.push(part);
    return methods === undefined ? [] : methods.split(', ').map((method) => `${method} ${above.join('')}`);
  });
}

const described = Object.entries<Record<string, { summary: string; responses: Record<string, unknown> }>>(
  document.paths,
);

test('every route of the server is described, and every description has its route', async () => {
  const { app } = await aService();
  await app.ready();
  const served = routesOf(app.printRoutes()).filter((route) => !route.startsWith('OPTIONS'));
  const told = described.flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
  );
  expect(served.length).toBeGreaterThan(20);
  expect([...told].sort()).toEqual([...served].sort());
});

test('every operation says what it is for and what it answers', () => {
  for (const [path, methods] of described) {
    for (const [method, { summary, responses }] of Object.entries(methods)) {
      expect([path, method, summary]).toEqual([path, method, expect.stringMatching(/^[A-Z].{5,}/)]);
      expect([path, Object.keys(responses)]).toEqual([
        path,
        expect.arrayContaining([expect.stringMatching(/^20[02]$/)]),
      ]);
    }
  }
});

test('every reference leads somewhere, and no schema carries a name of its own beside it', () => {
  const text = JSON.stringify(document);
  const references = [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(([, name = '']) => name);
  expect(references.length).toBeGreaterThan(10);
  expect(references.filter((name) => !(name in document.components.schemas))).toEqual([]);
  expect(text).not.toContain('"$id"');
});

test('path parameters are required, and the report is one schema for all who use it', () => {
  expect(document.openapi).toBe('3.1.1');
  expect(document.paths['/api/v1/runs/{run}'].get.parameters).toEqual([
    { name: 'run', in: 'path', required: true, schema: expect.objectContaining({ type: 'string' }) },
  ]);
  expect(document.paths['/api/v1/runs/{run}/report.json'].get.responses[200].content).toEqual({
    'application/json': { schema: { $ref: '#/components/schemas/plimsoll.report.v1' } },
  });
});
