/** One request that somebody made: its path with its query, as it was sent. */
export type Seen = {
  readonly method: string;
  readonly path: string;
  readonly accept?: string | undefined;
  readonly body?: { readonly type: string; readonly text: string } | undefined;
};

/** Values that were seen together, request by request. */
export type Rows = { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] };

/** How a mix is to be made. */
export type Ways = {
  /** Whether methods that may change things are sent too. */
  readonly writes: boolean;
  /** Whether values may be kept as rows of files of their own. */
  readonly rows: boolean;
};

/** One kind of request of a mix, as a configuration writes it. */
export type Kind = {
  readonly name: string;
  readonly weight: number;
  readonly method: string;
  /** With {{random …}} where it varies. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: { readonly json: unknown } | { readonly text: string } | undefined;
  /** What its path varies by, as rows of a file; undefined where it varies by nothing, or by numbers that are drawn. */
  readonly rows: Rows | undefined;
  /** What a reader should know before it is sent. */
  readonly remarks: readonly string[];
  /** Why it is only written as a comment; undefined where it is sent. */
  readonly off: string | undefined;
};

/** What was found to be asked of a service. */
export type Mix = {
  /** Where it came from, in words. */
  readonly source: string;
  /** scheme://host:port; undefined where nothing tells it. */
  readonly origin: string | undefined;
  readonly kinds: readonly Kind[];
  /** Requests a second in the busiest minute; undefined where no times are known. */
  readonly busiest: number | undefined;
  readonly notes: readonly string[];
};

/** These change nothing at the target. */
export const harmless: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];
