// saxon-js 2.7 ships no types; only the calls that core/xslt.ts makes are described (research-xml.md §1).
declare module 'saxon-js' {
  interface TransformOptions {
    readonly stylesheetInternal: unknown;
    readonly stylesheetBaseURI: string;
    readonly sourceNode: unknown;
    readonly destination: 'serialized';
    readonly baseOutputURI: string;
    readonly stylesheetParams: Readonly<Record<string, string | boolean>>;
    readonly deliverResultDocument: (uri: string) => {
      destination: 'serialized';
      save: (uri: string, text: string) => void;
    };
    readonly deliverMessage: (fragment: unknown, code: string | undefined) => void;
  }
  const SaxonJS: {
    getResource(options: { text: string; type: 'xml' }): Promise<unknown>;
    transform(options: TransformOptions, execution: 'sync'): { principalResult: unknown };
    serialize(node: unknown, options: { method: 'text' | 'xml' }): string;
  };
  export default SaxonJS;
}
