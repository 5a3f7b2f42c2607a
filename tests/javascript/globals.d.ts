// What the scripts of a page find beside the browser's own: from Material's frame, and in the site of files.

/** Settings kept in the browser (partials/kb-palette.html). */
declare function __md_get(key: "__palette"): { index: number } | null;
declare function __md_set(key: "__palette", value: { index: number; color: Record<string, string | null> }): void;

/** What stands in for a server in the site of files; see scripts/dev_tools/preview.js. */
interface KbFiles {
  /** What search cannot do there, to be told with its results. */
  note: string;
  address(href: string): string;
  shown(href: string): string;
  read(href: string): Promise<unknown>;
  give(name: string, data: unknown): void;
}
declare var kbFiles: KbFiles | undefined;

/** What copy.js puts on the clipboard, in both forms, saying `done`; whether it did. */
declare var kbCopy: (text: { plain: string; html?: string }, done: string) => Promise<boolean>;

/** What is used of theme/assets/vendor/fflate. */
declare var fflate: {
  strToU8(text: string): Uint8Array;
  zipSync(files: Record<string, Uint8Array>, options: { level: 6 }): Uint8Array;
  unzipSync(
    bytes: Uint8Array,
    options: { filter(entry: { name: string; originalSize: number }): boolean },
  ): Record<string, Uint8Array>;
};

/** What age.js tells of dates; for its tests. */
declare var kbAge: { isOld(date: string, today: Date): boolean; hasBegun(date: string, today: Date): boolean };

/** How page.js mends addresses that Word or Zalo cut badly; for its tests. */
declare var kbMend: { mendedId(hash: string): string; mendedQuery(search: string): string };

/** What lost.js knows in the page for dead addresses: where the site begins; the rest for its tests. */
declare var kbLost: { mendedPath(path: string): string; root?: string };
