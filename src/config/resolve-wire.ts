import type { ConfigurationText } from '../model/configuration.ts';
import { plainWire, type TlsSource, type Wire } from '../model/wire.ts';
import type { Written } from './written.ts';
import type { Path } from './yaml-document.ts';

type LoadText = NonNullable<NonNullable<ConfigurationText['targets']>[number]['load']>;
type Config = Pick<Written<ConfigurationText>, 'wrong'>;

/** What a server usually allows on one connection (nginx 128, Envoy and Go 100 or more). */
const usualStreams = 100;

/** How the target of a load is spoken to, as it is written → the noun. */
export function resolveWire(config: Config, text: LoadText, path: Path): Wire {
  const { http = 1, connections = 'kept', streams } = text;
  if (http === 2 && connections === 'new')
    throw config.wrong(
      [...path, 'connections'],
      'a new connection for each request is made with HTTP/1.1 only; leave out "http: 2" or "connections: new"',
    );
  if (http === 1 && streams !== undefined)
    throw config.wrong([...path, 'streams'], 'streams are of HTTP/2; they need "http: 2" beside them');
  return {
    http,
    connections,
    streams: http === 2 ? (streams ?? usualStreams) : 1,
    tls: tlsOf(config, text, [...path, 'tls']),
  };
}

function tlsOf(config: Config, { tls, url }: LoadText, path: Path): TlsSource {
  if (tls === undefined) return plainWire.tls;
  if (!url.startsWith('https:'))
    throw config.wrong(path, `there is no TLS at ${url}; its address would begin with https`);
  const { ca_file, cert_file, key_file, server_name, verify = true } = tls;
  if ((cert_file === undefined) !== (key_file === undefined))
    throw config.wrong(path, 'a client certificate takes both cert_file and key_file');
  return {
    caFile: ca_file,
    client: cert_file === undefined || key_file === undefined ? undefined : { certFile: cert_file, keyFile: key_file },
    serverName: server_name,
    verify,
  };
}
