import { dirname, isAbsolute, join, relative } from 'node:path';
import type { Code } from '../core/codes.ts';
import { diagnostic, type Report } from '../core/diagnostic.ts';
import type { ReadFile } from '../core/files.ts';
import { TextIndex } from '../core/span.ts';
import { characterFault, firstNonCharacter } from '../core/xml/characters.ts';
import { limits } from '../core/xml/fault.ts';
import type { XmlFault } from '../core/xml.ts';
import { AssembledText, type Part, type SourceFile } from './assembled-text.ts';
import { faultDiagnostic } from './check-well-formed.ts';
import { type Extent, findInclusions, type Includable, type Inclusion, type Outline } from './find-inclusions.ts';
import { readUtf8 } from './read-utf8.ts';

/** Files may include files so deep. */
const maximalDepth = 20;
/** So many inclusions may a document have. */
const maximalInclusions = 10_000;

/**
 * Puts the files that a document includes (XInclude 1.1) in their places; nothing if one of them cannot be read or
 * an inclusion is refused, which is reported. Only files in the folder of the document or below it are read, also
 * behind symbolic links where `realPath` follows them, and only through `files`.
 */
export function assemble(text: string, file: string, disk: Disk, report: Report): AssembledText | undefined {
  const assembler = new Assembler(dirname(file), disk, report);
  const parts = assembler.document({ file, text });
  return assembler.refused ? undefined : new AssembledText(parts);
}

/** How files are read; see ValidateOptions. */
interface Disk {
  readonly files?: ReadFile;
  readonly realPath?: (path: string) => string;
}

/** What stands for an inclusion that is refused. */
const nothing: readonly Part[] = [];

class Assembler {
  refused = false;
  readonly #folder: string;
  readonly #disk: Disk;
  readonly #report: Report;
  /** What was read, by path; nothing for a file that is no text, which was reported. */
  readonly #sources = new Map<string, SourceFile | undefined>();
  #inclusions = 0;
  #length = 0;

  constructor(folder: string, disk: Disk, report: Report) {
    this.#folder = folder;
    this.#disk = disk;
    this.#report = report;
  }

  document(source: SourceFile): readonly Part[] {
    const outline = this.#outline(source);
    return outline
      ? this.#parts(source, { from: 0, to: source.text.length }, outline.inclusions, [source.file])
      : nothing;
  }

  #outline(source: SourceFile, id?: string): Outline | undefined {
    const outline = findInclusions(source.text, id);
    if (!('code' in outline)) return outline;
    this.#fault(outline, source);
    return undefined;
  }

  /** A piece of a file with the inclusions in it done; `chain` are the files that are being included, this one last. */
  #parts(source: SourceFile, { from, to }: Extent, inclusions: readonly Inclusion[], chain: readonly string[]): Part[] {
    const parts: Part[] = [];
    let at = from;
    for (const inclusion of inclusions) {
      // Inclusions in a fallback have their turn when it is used.
      if (inclusion.from < at || inclusion.to > to) continue;
      if (this.#length > limits.bytes || ++this.#inclusions > maximalInclusions) {
        const most = `${maximalInclusions} inclusions or ${limits.bytes / 1e6} million characters`;
        this.#refuse(
          'validate/too-large',
          `Unexpected document of more than ${most}, expected less.`,
          source,
          inclusion,
        );
        return parts;
      }
      this.#add(parts, { source, from: at, to: inclusion.from });
      for (const part of this.#included(source, inclusion, inclusions, chain)) parts.push(part);
      at = inclusion.to;
    }
    this.#add(parts, { source, from: at, to });
    return parts;
  }

  #add(parts: Part[], part: Part): void {
    parts.push(part);
    this.#length += part.text?.length ?? part.to - part.from;
  }

  /** What stands in the place of an inclusion. */
  #included(
    source: SourceFile,
    inclusion: Inclusion,
    inclusions: readonly Inclusion[],
    chain: readonly string[],
  ): readonly Part[] {
    const href = inclusion.attributes.get('href') ?? '';
    const unsupported = whyUnsupported(inclusion);
    if (unsupported) return this.#refuse('validate/xinclude-unsupported', unsupported, source, inclusion);
    const path = this.#path(href, source, inclusion);
    if (path === undefined) return nothing;
    if (chain.includes(path) || chain.length > maximalDepth) {
      const message = chain.includes(path)
        ? `Unexpected inclusion of \`${href}\`, which includes this file, expected another.`
        : `Unexpected inclusion in more than ${maximalDepth} others, expected less.`;
      return this.#refuse('validate/xinclude-loop', message, source, inclusion);
    }
    if (!this.#sources.has(path)) {
      const bytes = this.#disk.files!(path);
      if (!bytes) {
        if (inclusion.fallback) return this.#parts(source, inclusion.fallback, inclusions, chain);
        return this.#refuse(
          'validate/xinclude-not-found',
          `Unexpected \`${href}\`, expected a file that is there.`,
          source,
          inclusion,
        );
      }
      const text = readUtf8(bytes, path, this.#report);
      this.#sources.set(path, text === undefined ? undefined : { file: path, text });
    }
    const included = this.#sources.get(path);
    if (!included) {
      this.refused = true;
      return nothing;
    }
    if (inclusion.attributes.get('parse') === 'text') return this.#text(included);
    return this.#element(included, inclusion, source, [...chain, path]);
  }

  /** The path of an included file inside the folder, or nothing when it is refused. */
  #path(href: string, source: SourceFile, inclusion: Inclusion): string | undefined {
    const refuse = (code: Code, message: string): undefined => void this.#refuse(code, message, source, inclusion);
    if (/^(?:[a-z][a-z\d+.-]+:)?\/\//i.test(href) && !/^file:/i.test(href)) {
      return refuse(
        'validate/remote-reference',
        `Unexpected reference to the network \`${href}\`, expected a local file.`,
      );
    }
    if (this.#disk.files === undefined) {
      const message = `Unexpected inclusion of \`${href}\` in a text that is in no folder, expected a file.`;
      return refuse('validate/xinclude-outside', message);
    }
    const path = decodePath(href);
    const whole = path === undefined ? undefined : join(dirname(source.file), path);
    const { realPath = (same: string) => same } = this.#disk;
    const inside = whole && isBelow(this.#folder, whole) && isBelow(realPath(this.#folder), realPath(whole));
    if (path === undefined || !inside || /^(?:[a-z][a-z\d+.-]*:|[\\/])|\0/i.test(path)) {
      const message = `Unexpected inclusion of \`${href}\`, expected a file in the folder of the document or below it.`;
      return refuse('validate/xinclude-outside', message);
    }
    return whole;
  }

  #text(included: SourceFile): readonly Part[] {
    const bad = firstNonCharacter(included.text);
    if (bad < included.text.length) return this.#fault(characterFault(included.text, bad), included);
    const parts: Part[] = [];
    const text = included.text.replace(/[&<>\r]/g, (character) => `&#${character.charCodeAt(0)};`);
    this.#add(parts, { source: included, from: 0, to: included.text.length, text });
    return parts;
  }

  #element(included: SourceFile, inclusion: Inclusion, source: SourceFile, chain: readonly string[]): readonly Part[] {
    const id = inclusion.attributes.get('xpointer');
    const href = inclusion.attributes.get('href');
    const outline = this.#outline(included, id);
    if (!outline) return nothing;
    const { element, inclusions } = outline;
    if (!element) {
      const message = `Unexpected xpointer \`${id}\`, expected the xml:id of an element of \`${href}\`.`;
      return this.#refuse('validate/xinclude-not-found', message, source, inclusion);
    }
    const whole = { from: behindDeclaration(included.text), to: included.text.length };
    const { from, to } = id === undefined ? whole : element;
    const tag = declarations(element, inclusion.namespace);
    const { nameEnd } = element;
    const parts = this.#parts(included, { from, to: nameEnd }, [], chain);
    if (tag !== '') this.#add(parts, { source: included, from: nameEnd, to: nameEnd, text: tag });
    for (const part of this.#parts(included, { from: nameEnd, to }, inclusions, chain)) parts.push(part);
    return parts;
  }

  #refuse(code: Code, message: string, { file, text }: SourceFile, { from }: Extent): readonly Part[] {
    this.refused = true;
    const end = from + /^<[^\s/>]*/.exec(text.slice(from, from + 1000))![0].length;
    this.#report(diagnostic(code, message, { file, range: new TextIndex(text).rangeOfUnits(from, end) }));
    return nothing;
  }

  #fault(fault: XmlFault, { file, text }: SourceFile): readonly Part[] {
    this.refused = true;
    this.#report(faultDiagnostic(fault, text, file));
    return nothing;
  }
}

/** What of an inclusion is not supported, as a sentence. */
function whyUnsupported({ attributes, base }: Inclusion): string | undefined {
  const parse = attributes.get('parse') ?? 'xml';
  const href = attributes.get('href');
  const xpointer = attributes.get('xpointer');
  if (base) return 'Unexpected `xml:base` around an inclusion, expected an href relative to the file.';
  if (!href) return 'Unexpected inclusion without `href`, expected the path of a file.';
  if (href.includes('#'))
    return `Unexpected fragment in \`${href}\`, expected \`xpointer\` with the xml:id of an element.`;
  if (parse !== 'xml' && parse !== 'text')
    return `Unexpected value \`${parse}\` of \`parse\`, expected \`xml\` or \`text\`.`;
  if (xpointer !== undefined && (parse === 'text' || !/^[^\s():#]+$/.test(xpointer))) {
    return `Unexpected xpointer \`${xpointer}\`, expected the xml:id of an element of an XML file.`;
  }
  if (parse === 'text' && !/^utf-?8$/i.test(attributes.get('encoding') ?? 'utf-8')) {
    return `Unexpected encoding \`${attributes.get('encoding')}\`, expected UTF-8.`;
  }
  return undefined;
}

/** A URI reference as a path; nothing if its escapes are wrong. */
function decodePath(href: string): string | undefined {
  try {
    return decodeURIComponent(href);
  } catch {
    return undefined;
  }
}

function behindDeclaration(text: string): number {
  return /^<\?xml\s/.test(text) ? text.indexOf('?>') + 2 : 0;
}

/** The namespace declarations that an element needs so that its names mean the same where it is included. */
function declarations({ inherited }: Includable, namespace: string): string {
  let text = '';
  for (const [prefix, uri] of inherited) {
    if (prefix === '' && uri === namespace) continue;
    const value = uri.replace(/[&<"]/g, (character) => `&#${character.charCodeAt(0)};`);
    text += ` xmlns${prefix && ':'}${prefix}="${value}"`;
  }
  return text;
}

/** Whether a path lies in a folder or below it. */
function isBelow(folder: string, path: string): boolean {
  const inside = relative(folder, path);
  return inside !== '' && !/^\.\.(?:[\\/]|$)/.test(inside) && !isAbsolute(inside);
}
