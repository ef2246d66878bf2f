import { aService } from './a-service.ts';

/** The description of the whole API, as it is served. */
export async function openapiGolden(): Promise<string> {
  const { app } = await aService();
  return `${JSON.stringify((await app.inject('/openapi.json')).json(), null, 2)}\n`;
}
