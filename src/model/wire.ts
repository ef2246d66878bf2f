/** How a target is spoken to. */
export type Wire = {
  /** HTTP/2 is agreed on by ALPN where there is TLS, and begun without asking where there is none. */
  readonly http: 1 | 2;
  /** Requests at a time on one connection of HTTP/2; HTTP/1.1 carries one. */
  readonly streams: number;
  /** Whether a connection carries one request after another, or each request opens its own. */
  readonly connections: 'kept' | 'new';
  readonly tls: TlsSource;
};

/** What TLS is made with. Files are read where connections are opened; what they hold stands in no value. */
export type TlsSource = {
  /** PEM of the authorities that are trusted instead of the usual ones. */
  readonly caFile: string | undefined;
  /** PEM of the client's certificate, and of its key. */
  readonly client: { readonly certFile: string; readonly keyFile: string } | undefined;
  /** The name that is asked for (SNI) and that the certificate must have; the URL's own where undefined. */
  readonly serverName: string | undefined;
  /** Whether the target must show a certificate that is trusted. */
  readonly verify: boolean;
};

/** HTTP/1.1 over connections that are kept; where there is TLS, with the usual authorities. */
export const plainWire: Wire = {
  http: 1,
  streams: 1,
  connections: 'kept',
  tls: { caFile: undefined, client: undefined, serverName: undefined, verify: true },
};
