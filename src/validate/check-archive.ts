import { childrenOf, type DocumentElement, type DocumentTree, wordsOf } from './document-tree.ts';
import type { Found } from './finding.ts';
import { isPersistent } from './identifiers.ts';

/**
 * Level `archive`: what a repository asks of a header before it takes a file (licence, source, responsibility, persistent
 * identifier, languages, history). Source of the list: the TEI Guidelines, chapter 2, and the deposit rules that TEI
 * repositories have in common.
 */
export function checkArchive({ root, elements }: DocumentTree, found: Found): void {
  const headers = elements.filter(
    ({ name, parent }) => name === 'teiHeader' && (parent === root || parent?.parent === root),
  );
  for (const header of headers) checkHeader(header, found);
  if (headers.length > 0) checkLanguages(elements, headers[0]!, found);
}

function checkHeader(header: DocumentElement, found: Found): void {
  const fileDesc = childrenOf(header, 'fileDesc')[0] ?? header;
  const publication = childrenOf(fileDesc, 'publicationStmt')[0] ?? fileDesc;
  const licences = below(publication, 'licence');
  if (!licences.some(({ attributes }) => /^https?:\/\//.test(attributes.target ?? ''))) {
    const message = 'Missing licence with its address, expected `licence target="https://…"` in availability.';
    found('validate/missing-licence', licences[0] ?? publication, message);
  }
  if (!below(publication, 'idno').some((idno) => isPersistent(wordsOf(idno)))) {
    const message =
      'Missing persistent identifier, expected an `idno` with a DOI, handle, ARK or URN in publicationStmt.';
    found('validate/missing-persistent-id', publication, message);
  }
  const sources = childrenOf(fileDesc, 'sourceDesc');
  if (!sources.some((source) => wordsOf(source) !== '')) {
    const message = 'Missing description of the source, expected `bibl` or `p` with words in sourceDesc.';
    found('validate/missing-source', sources[0] ?? fileDesc, message);
  }
  checkResponsibility(fileDesc, publication, found);
  const changes = below(header, 'change').filter(
    ({ attributes }) => attributes.when ?? attributes.from ?? attributes.to,
  );
  if (changes.length === 0) {
    const message = 'Missing history of the file, expected a `change` with `when` in revisionDesc.';
    found('validate/missing-revision', childrenOf(header, 'revisionDesc')[0] ?? header, message);
  }
}

/** Somebody made the file, and somebody answers for its publication. */
function checkResponsibility(fileDesc: DocumentElement, publication: DocumentElement, found: Found): void {
  const title = childrenOf(fileDesc, 'titleStmt')[0] ?? fileDesc;
  const named = (element: DocumentElement, names: readonly string[]): boolean =>
    names.some((name) => below(element, name).some((one) => wordsOf(one) !== ''));
  if (!named(title, ['editor', 'principal', 'respStmt'])) {
    const message = 'Missing responsibility, expected an `editor`, `principal` or `respStmt` with a name in titleStmt.';
    found('validate/missing-responsibility', title, message);
  }
  if (!named(publication, ['publisher', 'distributor', 'authority'])) {
    const message =
      'Missing publisher, expected a `publisher`, `distributor` or `authority` with a name in publicationStmt.';
    found('validate/missing-responsibility', publication, message);
  }
}

/** Language codes are well-formed (BCP 47), and those used are declared. */
function checkLanguages(elements: readonly DocumentElement[], header: DocumentElement, found: Found): void {
  const declared = new Set(
    elements.filter(({ name }) => name === 'language').map(({ attributes }) => attributes.ident?.toLowerCase()),
  );
  const seen = new Set<string>();
  for (const element of elements) {
    const attribute = element.name === 'language' ? 'ident' : 'xml:lang';
    const code = element.attributes[attribute];
    if (code === undefined || code === '' || seen.has(`${attribute} ${code}`)) continue;
    seen.add(`${attribute} ${code}`);
    if (!isLanguageCode(code)) {
      const message = `Unexpected language code \`${code}\`, expected one of BCP 47 such as \`lzh-Hant\`.`;
      found('validate/language-code', element, message, { attribute });
    } else if (attribute === 'xml:lang' && !declared.has(code.toLowerCase())) {
      const message = `Unexpected language \`${code}\`, expected one that langUsage declares.`;
      found('validate/undeclared-language', element, message, {
        attribute,
        related: [{ element: header, message: 'the header' }],
      });
    }
  }
}

function isLanguageCode(code: string): boolean {
  if (/^x-/i.test(code)) return true;
  try {
    return Intl.getCanonicalLocales(code).length === 1;
  } catch {
    return false;
  }
}

/** Descendants of a name. */
function below(element: DocumentElement, name: string): DocumentElement[] {
  return childrenOf(element).flatMap((child) => [...(child.name === name ? [child] : []), ...below(child, name)]);
}
