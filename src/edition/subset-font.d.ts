// subset-font 2.9 ships no types; only the call that web-font.ts makes is described.
declare module 'subset-font' {
  interface SubsetOptions {
    readonly targetFormat: 'woff2' | 'sfnt';
    readonly noHinting: boolean;
    readonly keepFeatures: readonly string[];
  }
  const subsetFont: (font: Buffer, text: string, options: SubsetOptions) => Promise<Buffer>;
  export default subsetFont;
}
