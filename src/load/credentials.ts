import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { fault } from '../faults.ts';
import type { TlsSource } from '../model/wire.ts';

/** What TLS connections are made with, as Node takes it. */
export type Credentials = {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly servername?: string;
  readonly rejectUnauthorized: boolean;
};

/**
 * Reads the files that TLS is made with.
 *
 * @throws CONFIG_INVALID with the file that cannot be read or holds something else, or where key and certificate do not belong together
 */
export function credentialsOf({ caFile, client, serverName, verify }: TlsSource): Credentials {
  const ca = caFile === undefined ? {} : { ca: textOf(caFile, 'CERTIFICATE') };
  const own =
    client === undefined
      ? {}
      : { cert: textOf(client.certFile, 'CERTIFICATE'), key: textOf(client.keyFile, 'PRIVATE KEY') };
  try {
    createSecureContext({ ...ca, ...own });
  } catch (cause) {
    const why = cause instanceof Error && /key values mismatch/i.test(cause.message) ? mismatch : unreadable;
    throw fault('CONFIG_INVALID', [client?.keyFile ?? caFile ?? 'tls', why], cause);
  }
  return { ...ca, ...own, ...(serverName === undefined ? {} : { servername: serverName }), rejectUnauthorized: verify };
}

const mismatch = 'this key does not belong to the certificate that stands beside it';
const unreadable = 'it is not PEM that TLS can be made with; a key must be without a passphrase';

function textOf(file: string, block: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw fault('CONFIG_INVALID', [file, 'the file cannot be read'], cause);
  }
  if (!new RegExp(`-----BEGIN [A-Z ]*${block}-----`).test(text))
    throw fault('CONFIG_INVALID', [file, `there is no PEM block "${block}" in it`]);
  return text;
}
