import { type CatalogueEntry, type Code, catalogue } from '../core/codes.ts';
import type { Diagnostic, Range } from '../core/diagnostic.ts';
import { TextIndex } from '../core/span.ts';
import { levelOf, titleOfLevel } from './by-place.ts';
import { type Checked, type Finding, groupBy } from './checked.ts';
import { cutLine } from './code-frame.ts';
import { count, countIgnored, plural, prose, severities, severityNames, shownText } from './html-words.ts';
import { type Markup, markup } from './markup.ts';

/** Findings of one code and file that are shown with their lines; of the others only the place is. */
const shownPerCode = 20;
/** Places that are listed behind them. */
const listedPerCode = 200;
/** Terminal cells of a line of the source that are shown. */
const frameWidth = 84;

/** The findings as sections of a page: file by file, level by level, code by code. */
export class FindingSections {
  readonly #checked: Checked;
  readonly #byFile: ReadonlyMap<string | undefined, readonly Finding[]>;
  readonly #indexes = new Map<string, TextIndex | undefined>();
  readonly #ids = new Map<Finding, string>();
  /** Ids by place, for links from related places, of the findings that are shown with their lines. */
  readonly #idsByPlace = new Map<string, string>();
  readonly #shown = new Set<Finding>();

  constructor(checked: Checked) {
    this.#checked = checked;
    this.#byFile = groupBy(checked.findings, ({ diagnostic: { file } }) => file);
    for (const found of this.#byFile.values()) {
      for (const ofCode of groupBy(found, ({ diagnostic: { code } }) => code).values()) {
        for (const finding of ofCode.slice(0, shownPerCode)) this.#shown.add(finding);
      }
    }
    for (const [at, finding] of checked.findings.entries()) {
      const { file, range } = finding.diagnostic;
      const id = `finding-${at + 1}`;
      this.#ids.set(finding, id);
      const key = placeKey(file, range);
      if (this.#shown.has(finding) && !this.#idsByPlace.has(key)) this.#idsByPlace.set(key, id);
    }
  }

  /** The section of one file, the nth with findings. */
  file(file: string, number: number): Markup {
    const found = this.#byFile.get(file)!;
    const byLevel = [...groupBy(found, ({ diagnostic }) => levelOf(diagnostic))];
    const counts = severities.flatMap((severity) => {
      const times = count(found, severity);
      return times > 0 ? [plural(times, severityNames[severity])] : [];
    });
    const ignored = countIgnored(found);
    if (ignored > 0) counts.push(`${ignored} ignored`);
    return markup`<section class="file" aria-labelledby="file-${number}">
<h2 id="file-${number}">${shownText(file)}</h2>
<p class="counts">${counts.join(', ')}</p>
${byLevel.map(
  ([level, ofLevel]) => markup`<section class="level">
<h3>${titleOfLevel(level)}</h3>
${[...groupBy(ofLevel, ({ diagnostic: { code } }) => code)].map(([code, ofCode]) => this.#code(code, ofCode))}</section>
`,
)}</section>
`;
  }

  #code(code: Code, found: readonly Finding[]): Markup {
    const { title, why, help, section, severity: usual, wrong, right } = catalogue[code] as CatalogueEntry;
    const severity = found.find(({ ignored }) => !ignored)?.diagnostic.severity ?? usual;
    const shown = found.filter((finding) => this.#shown.has(finding));
    const rest = found.filter((finding) => !this.#shown.has(finding));
    const example =
      wrong === undefined && right === undefined
        ? undefined
        : markup`<details><summary>Example</summary>
<div class="examples">${exampleOf('Wrong', wrong)}${exampleOf('Right', right)}</div>
</details>
`;
    const own = [...new Set(found.map(({ diagnostic }) => diagnostic.help))];
    return markup`<article class="code ${severity}">
<h4>${prose(title)} <span class="times">${found.length > 1 ? `${found.length} ×` : ''}</span></h4>
<p class="name"><span class="severity">${severityNames[severity]}</span> <code>${code}</code></p>
<p class="why">${prose(why)}</p>
<p class="help"><b>What to do:</b> ${prose(own.length === 1 ? own[0]! : help)}${section === undefined || !own.includes(help) ? '' : markup` <span class="see">See docs/encoding.md#${section}.</span>`}</p>
${example}<ol class="findings">
${shown.map((finding) => this.#finding(finding, own.length > 1))}</ol>
${this.#rest(rest)}</article>
`;
  }

  #finding(finding: Finding, withHelp: boolean): Markup {
    const { diagnostic: found, ignored } = finding;
    const id = this.#ids.get(finding)!;
    const { message, file, range, path, related = [], help } = found;
    const place = range ? `${range.start.line}:${range.start.column}` : '';
    return markup`<li id="${id}"${ignored ? markup` class="ignored"` : ''}>
<p class="message">${place ? markup`<a class="place" href="#${id}">${place}</a> ` : ''}${prose(message)}</p>
${file !== undefined && range ? this.#frame(file, range) : ''}${
  path === undefined
    ? ''
    : markup`<p class="path"><code>${shownText(path)}</code></p>
`
}${withHelp ? markup`<p class="help">${prose(help)}</p>\n` : ''}${
  related.length > 0
    ? markup`<ul class="related">
${related.map((other) => this.#related(other, found))}</ul>
`
    : ''
}${ignored ? markup`<p class="reason"><b>Ignored:</b> ${shownText(ignored.reason)} (${shownText([ignored.who, ignored.date].filter((part) => part !== undefined).join(', '))}; ${shownText(ignored.file)}:${ignored.range.start.line})</p>\n` : ''}</li>
`;
  }

  #related({ message, file, range }: NonNullable<Diagnostic['related']>[number], from: Diagnostic): Markup {
    const place = `${file === from.file ? 'line ' : `${file}:`}${range.start.line}:${range.start.column}`;
    const target = this.#idsByPlace.get(placeKey(file, range));
    const link = target ? markup`<a href="#${target}">${shownText(place)}</a>` : markup`${shownText(place)}`;
    return markup`<li><p>${prose(message)} (${link})</p>
${this.#frame(file, range)}</li>
`;
  }

  #rest(rest: readonly Finding[]): Markup | undefined {
    if (rest.length === 0) return undefined;
    const places = rest
      .slice(0, listedPerCode)
      .flatMap(({ diagnostic: { range } }) => (range ? [`${range.start.line}:${range.start.column}`] : []));
    const beyond = rest.length > listedPerCode ? ', …' : '';
    return markup`<details><summary>… and ${rest.length} more</summary>
<p class="places">${places.join(', ')}${beyond}</p>
</details>
`;
  }

  /** The line of a place with the line before and the line after, the place marked. */
  #frame(file: string, { start, end }: Range): Markup | undefined {
    const index = this.#indexOf(file);
    if (!index) return undefined;
    const last = end.line === start.line ? end.column : undefined;
    const { before, marked, after } = cutLine(index.line(start.line), start.column, last, frameWidth);
    const beside = (line: number): Markup | undefined => {
      const text = index.line(line);
      const whole = cutLine(text, 1, 1, frameWidth);
      return text.trim() === '' ? undefined : row(line, markup`${whole.before}${whole.marked}${whole.after}`, 'beside');
    };
    return markup`<div class="frame" translate="no">${beside(start.line - 1)}${row(start.line, markup`${before}<mark>${marked === '' ? ' ' : marked}</mark>${after}`, 'at')}${beside(start.line + 1)}</div>
`;
  }

  #indexOf(file: string): TextIndex | undefined {
    if (!this.#indexes.has(file)) {
      const text = this.#checked.textOf(file);
      this.#indexes.set(file, text === undefined ? undefined : new TextIndex(text));
    }
    return this.#indexes.get(file);
  }
}

const row = (line: number, text: Markup, kind: string): Markup =>
  markup`<div class="${kind}"><span class="number">${line}</span><code>${text}</code></div>`;

const exampleOf = (name: string, text: string | undefined): Markup | undefined =>
  text === undefined
    ? undefined
    : markup`<figure class="${name.toLowerCase()}"><figcaption>${name}</figcaption><pre translate="no"><code>${text}</code></pre></figure>`;

const placeKey = (file: string | undefined, range: Range | undefined): string => `${file} ${range?.start.offset}`;
