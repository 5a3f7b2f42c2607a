// What the scripts of a page find beside the browser's own: from Material's frame, and in the site of files.

/** Settings kept in the browser (partials/kb-palette.html). */
/** What the browser keeps for the site; whatever it holds may have been put there by others. */
declare var kbKept: {
  get(name: "__palette"): { index: number; color?: Record<string, string> } | null;
  set(name: "__palette", value: { index: number; color: Record<string, string> }): void;
};

/** What stands in for a server in the site of files; see scripts/dev_tools/offline.js. */
interface KbFiles {
  address(href: string): string;
  shown(href: string): string;
  read(path: string): Promise<unknown>;
  give(path: string, data: unknown): void;
}
declare var kbFiles: KbFiles | undefined;
/** The paths of the data that an edition holds; site_of_files.py names them before offline.js. */
declare var kbStored: string[];

/** What is used of theme/assets/vendor/fflate. */
declare var fflate: {
  strToU8(text: string): Uint8Array;
  zipSync(files: Record<string, Uint8Array>, options: { level: 6 }): Uint8Array;
  unzipSync(
    bytes: Uint8Array,
    options: { filter(entry: { name: string; originalSize: number }): boolean },
  ): Record<string, Uint8Array>;
};

/** theme/assets/vendor/qrcode-generator-2.0.4. */
declare function qrcode(
  version: number,
  level: "L" | "M" | "Q" | "H",
): {
  addData(text: string, mode?: "Byte" | "Alphanumeric"): void;
  make(): void;
  getModuleCount(): number;
  isDark(row: number, column: number): boolean;
};

/** What age.js tells of dates: of a part of a page that came later; the rest for its tests. */
declare var kbAge: {
  isOld(date: string, today: Date): boolean;
  hasBegun(date: string, today: Date): boolean;
  oldWords(upTo: string, checked: string | undefined, today: Date): string;
  tell(part: ParentNode): void;
};

/** How page.js mends addresses that Word or Zalo cut badly; for its tests. */
declare var kbMend: { mendedId(hash: string): string; mendedQuery(search: string): string };

/** What lost.js knows in the page for dead addresses: where the site begins; the rest for its tests. */
declare var kbLost: { mendedPath(path: string): string; root?: string };
