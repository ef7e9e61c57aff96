import type { Severity } from './diagnostic.ts';

/** The levels of validation, in the order in which they run and are reported. */
export const levels = ['bytes', 'well-formed', 'schema', 'rules', 'links', 'data', 'text', 'archive'] as const;
export type Level = (typeof levels)[number];

/** What the catalogue says of a code: what it is, what to do, and a wrong and a right example where one helps. */
export interface CatalogueEntry {
  readonly severity: Severity;
  readonly title: string;
  readonly why: string;
  readonly help: string;
  /** The level of validation that finds it: findings are printed level by level, the root cause before its echoes. */
  readonly level?: Level;
  /** Section of docs/encoding.md that it rests on, as an anchor. */
  readonly section?: string;
  /** An example that the code is reported for, and the same put right. */
  readonly wrong?: string;
  readonly right?: string;
}

/** Every diagnostic code, grouped by the folder that makes it. A retired code stays listed and is never reused. */
export const catalogue = {
  // core: files
  'core/unreadable-file': {
    severity: 'error',
    title: 'A file cannot be read',
    why: 'Nothing can be done with a file that is missing or closed to you.',
    help: 'Check the path, and that you may read the file.',
  },
  'core/unwritable-file': {
    severity: 'error',
    title: 'A file cannot be written',
    why: 'The output folder is missing, full or closed to you; nothing was written in its place.',
    help: 'Check that the folder exists and that you may write there, or choose another with --out.',
  },

  // source: reading the plain text
  'source/empty': {
    severity: 'error',
    title: 'The source has no text',
    why: 'There is nothing to make an edition of.',
    help: 'Give a text file in UTF-8.',
  },
  'source/binary-file': {
    severity: 'error',
    title: 'The source is not a text file',
    why: 'A zero byte never stands in a text: this is a word processor document, a picture or an archive.',
    help: 'Save the text as plain text in UTF-8 (.txt) and give that file.',
  },
  'source/not-utf8': {
    severity: 'error',
    title: 'The source is not in UTF-8',
    why: 'Bytes read in the wrong encoding become wrong characters that nobody notices later.',
    help: 'Save the file as UTF-8 in your editor, or convert it: iconv -f GB18030 -t UTF-8 old.txt > new.txt',
  },
  'source/control-character': {
    severity: 'error',
    title: 'A control character that XML cannot hold',
    why: 'No XML file can contain it, so the text could not be given back as it was.',
    help: 'Delete the character from the source: it is invisible and says nothing.',
  },
  'source/replacement-character': {
    severity: 'warning',
    title: 'A character was lost before this file was made',
    why: 'U+FFFD stands where an earlier conversion met a byte it did not understand.',
    help: 'Compare with the printed source and put the right character.',
  },
  'source/composed-glyph': {
    severity: 'info',
    title: 'A character described by its parts',
    why: 'Characters outside the fonts are often typed as <AB>; the edition encodes them as g.',
    help: 'Describe the character under `glyphs` in edition.json (ids, mapping, note) if you know it.',
  },
  'source/private-use-character': {
    severity: 'warning',
    title: 'A private-use character',
    why: 'Its shape is known only to the font it was typed with; everywhere else it is an empty box.',
    help: 'Say under `glyphs` in edition.json what the character is, or replace it by a Unicode character.',
  },
  'source/stray-space': {
    severity: 'warning',
    title: 'A space between Chinese characters',
    why: 'It is mostly a leftover of typing; it is kept, but line breaking and search may stumble over it.',
    help: 'Delete it from the source if it means nothing.',
  },
  'source/half-width-punctuation': {
    severity: 'warning',
    title: 'Half-width punctuation in Chinese text',
    why: 'Rules for notes, titles and sentences look for full-width marks.',
    help: 'Write ，。；：？！（） instead.',
  },
  'source/carriage-return': {
    severity: 'info',
    title: 'Carriage returns at line ends',
    why: 'Windows line ends are kept in the TEI as lb/@type and given back by weibian text.',
    help: 'Nothing need be done.',
  },
  'source/unclosed-bracket': {
    severity: 'error',
    title: 'A bracket without its partner',
    why: 'An open 《 or （ would swallow the rest of the line into a title or a note.',
    help: 'Add the missing bracket, or delete this one.',
  },
  'source/unclosed-quotation': {
    severity: 'info',
    title: 'A quotation mark without its partner in the paragraph',
    why: 'Speech may run over paragraphs, so this need not be a fault.',
    help: 'Check the quotation marks of this line.',
  },

  // config: edition.json and the authority files
  'config/duplicate-document-id': {
    severity: 'error',
    title: 'Two documents of the edition have the same id',
    why: 'Each document becomes files named by its id; the second would overwrite the first.',
    help: 'Give one of the documents another id in edition.json.',
  },
  'config/folder-not-empty': {
    severity: 'error',
    title: 'The folder of a new edition has files in it',
    why: 'Init never overwrites what is there.',
    help: 'Choose another folder, or empty this one.',
  },
  'config/invalid-json': {
    severity: 'error',
    title: 'The file is not JSON',
    why: 'Nothing can be read from it until the syntax is right.',
    help: 'Correct the syntax at this place; a common cause is a missing comma or quotation mark.',
  },
  'config/invalid-value': {
    severity: 'error',
    title: 'The file does not follow its schema',
    why: 'A key that weibian does not know would be silently without effect.',
    help: 'See schemas/*.schema.json for the keys and values that may stand here.',
  },
  'config/missing-authority-id': {
    severity: 'error',
    title: 'An entity is referred to that no authority file has',
    why: 'A reference must lead to an entity, or the edition has a dead link.',
    help: 'Add the entity to the authority file, or correct the id.',
  },
  'config/duplicate-authority-id': {
    severity: 'error',
    title: 'Two entities have the same id',
    why: 'A reference to it could mean either.',
    help: 'Give one of them another id.',
  },
  'config/cannot-merge': {
    severity: 'error',
    title: 'Two entities cannot be joined',
    why: 'Only a proposal can be joined to another entity of its kind; what an editor vouches for is never changed.',
    help: 'Check the ids. To join two entries of your own, move the names by hand from one to the other.',
  },
  'config/no-edition': {
    severity: 'error',
    title: 'There is no edition.json here',
    why: 'The commands build, html and print without a file look for edition.json in the folder.',
    help: 'Run the command in the folder of an edition, name it with --edition, or make one with `weibian init`.',
  },
  'config/unknown-era': {
    severity: 'error',
    title: 'The start of a document is no date',
    why: 'The text gives months and days only; the year it starts in must be told.',
    help: 'Write era and year as in 咸平二年.',
  },

  // calendar: civil dates
  'calendar/no-such-date': {
    severity: 'error',
    title: 'The calendar has no such day, month or year',
    why: 'Eras have their number of years, years their months, months their days.',
    help: 'Check the reading against the nearest days named.',
  },
  'calendar/unknown-date': {
    severity: 'error',
    title: 'The text is no date that the calendar knows',
    why: 'The era may be misspelt, or the parts stand in another order.',
    help: 'Write era, year, month and day as in 咸平四年十一月甲午, or a Western date as 1001-12-20.',
  },

  // annotate: names, dates and citations
  'annotate/malformed-title': {
    severity: 'info',
    title: 'A title that is not written as the work is called',
    why: 'The citation was resolved to the work that is meant; the text stays as it is.',
    help: 'Check that the work in the TEI is the one meant.',
  },
  'annotate/unknown-work': {
    severity: 'warning',
    title: 'A cited work that the catalogue does not have',
    why: 'The citation is marked as a candidate (cert low) without a link to a work.',
    help: 'Add the work to the works authority file.',
  },
  'annotate/impossible-day': {
    severity: 'warning',
    title: 'A day that its month does not have',
    why: 'The sexagenary day does not occur in this month, or the month has no such number.',
    help: 'Check the month of the entry and the reading of the day.',
  },
  'annotate/impossible-month': {
    severity: 'warning',
    title: 'A month that its year does not have',
    why: 'The year has no such (leap) month by the calendar.',
    help: 'Check the year of the entry and the reading of the month.',
  },
  'annotate/impossible-year': {
    severity: 'warning',
    title: 'A year that its era does not have',
    why: 'No era of this name, of the polity named beside it or any other, counts so many years.',
    help: 'Check the number and the name of the era.',
  },
  'annotate/years-disagree': {
    severity: 'warning',
    title: 'Two names of one year name different years',
    why: 'Years of two courts that stand side by side mean one year; the chronicle goes on by the first.',
    help: 'Check both numbers: the message says which year each of them is.',
  },
  'annotate/month-out-of-order': {
    severity: 'warning',
    title: 'A month before the one that it follows',
    why: 'The next heading opens the year after this one, so the months between two headings run in order.',
    help: 'Check the number of the month, or that the entry stands in its place.',
  },
  'annotate/unresolved-date': {
    severity: 'warning',
    title: 'A date without a year',
    why: 'No heading, no start and no date before it says which year is meant.',
    help: 'Give the start of the document (edition.json `start`, or --start 咸平二年).',
  },
  'annotate/assumed-year': {
    severity: 'info',
    title: 'A year that the text does not name',
    why: 'The year changes where the months run backwards or a 是歲 has closed the year; the text has no heading here.',
    help: 'Check the year; a heading in the source would settle it.',
  },
  'annotate/source-disagrees': {
    severity: 'warning',
    title: 'A cited chapter covers another year',
    why: 'The juan of the dated source says another year than the order of the entries.',
    help: 'Compare the passage; correct the citation or the year.',
  },
  'annotate/unclear-person': {
    severity: 'info',
    title: 'A name that several persons bear',
    why: 'Neither a full name before it in the entry nor the years of the persons decide who is meant; the mark has cert low.',
    help: 'Check who is meant; years of life in the authority file, or phrases under `in`, tell persons of one name apart.',
  },

  // tei: reading TEI back
  'tei/text-differs': {
    severity: 'error',
    title: 'The TEI does not hold the text of its source',
    why: 'An edition that lost or changed a character cannot be cited as its source.',
    help: 'Compare the two at this place; convert the source again, or undo the change in the TEI.',
  },
  'tei/not-weibian': {
    severity: 'error',
    title: 'The file has no text that can be given back',
    why: 'Only a TEI file with body text can be turned back into its source.',
    help: 'Give a TEI file made by weibian.',
  },

  // edition: HTML and print made from TEI by XSLT
  'edition/unhandled-element': {
    severity: 'warning',
    title: 'An element has no template',
    why: 'The stylesheet knows no rendering for this element; its text is kept, its markup is not shown.',
    help: 'Use the elements of docs/encoding.md, or add a template in xslt/modules.',
  },
  'edition/not-tei': {
    severity: 'error',
    title: 'A file is not TEI',
    why: 'The editions are made from TEI P5: the root element is TEI (or teiCorpus) in the TEI namespace.',
    help: 'Convert the text first: weibian convert FILE.txt -o FILE.xml.',
  },
  'edition/missing-glyph': {
    severity: 'warning',
    title: 'No font has a character of the text',
    why: 'The character would be an empty box; 〓 stands in its place, and the text layer keeps the character.',
    help: 'Name the character in `glyphs` of edition.json with an IDS or a mapping.',
  },

  // validate: checks of finished TEI
  'validate/not-well-formed': {
    severity: 'error',
    level: 'well-formed',
    title: 'The XML is not well-formed',
    why: 'A file that no XML parser can read has no elements to check; the checks stop here.',
    help: 'Correct the markup at this place: every tag closed, every attribute quoted, & and < written as &amp; and &lt;.',
  },
  'validate/doctype': {
    severity: 'error',
    level: 'well-formed',
    title: 'Document type declarations and entities are refused',
    why: 'Entities and external DTDs can read files and exhaust memory; weibian never expands them.',
    help: 'Remove the DOCTYPE and write the characters themselves.',
  },
  'validate/too-deep': {
    severity: 'error',
    level: 'well-formed',
    title: 'Elements nest too deep',
    why: 'No text nests so deep; such a file only exhausts the memory of whoever reads it.',
    help: 'Look for a closing tag that is missing again and again.',
  },
  'validate/too-large': {
    severity: 'error',
    level: 'well-formed',
    title: 'The file, or a part of its markup, is larger than any text needs',
    why: 'A name of a megabyte or a million attributes only exhausts the memory and time of whoever reads it.',
    help: 'Look for a quote or a > that is missing; divide a corpus into files.',
  },
  'validate/xinclude-outside': {
    severity: 'error',
    level: 'well-formed',
    title: 'A file outside the folder of the document is included',
    why: 'A document that reads files from anywhere can carry the secrets of a machine into an edition.',
    help: 'Put the file into the folder of the document or below it, and let href be a path relative to the file.',
  },
  'validate/remote-reference': {
    severity: 'error',
    level: 'well-formed',
    title: 'A document needs something from the network',
    why: 'Validation is offline: what a server sends today it may not send tomorrow, and asking tells it who reads.',
    help: 'Download the file, put it beside the document and point to it there.',
  },
  'validate/xinclude-not-found': {
    severity: 'error',
    level: 'well-formed',
    title: 'An included file is not there',
    why: 'The document is incomplete without it.',
    help: 'Correct href (or xpointer), restore the file, or give xi:include an xi:fallback.',
  },
  'validate/xinclude-loop': {
    severity: 'error',
    level: 'well-formed',
    title: 'Files include each other in a circle, or too deep',
    why: 'Such a document would never end.',
    help: 'Let one file include the others, and those none.',
  },
  'validate/xinclude-unsupported': {
    severity: 'error',
    level: 'well-formed',
    title: 'An inclusion is written in a way that is not supported',
    why: 'Files are included whole, or one element by its xml:id; an inclusion read wrongly would hide errors.',
    help: 'Use href and at most parse="text" or xpointer="ID" with the xml:id of an element.',
  },
  'validate/not-utf-8': {
    severity: 'error',
    level: 'bytes',
    title: 'The file is not UTF-8',
    why: 'XML without UTF-8 is read differently by every program; nothing after this place can be trusted.',
    help: 'Save the file as UTF-8, and let the XML declaration say encoding="UTF-8".',
  },
  'validate/too-many': {
    severity: 'error',
    level: 'schema',
    title: 'There are more findings of a kind than anyone reads',
    why: 'A million messages fill the memory and say no more than the first thousands; the rest is counted.',
    help: 'Correct the first ones: so many of a kind have one cause. If the document follows another schema, name it with --schema.',
  },
  'validate/not-tei': {
    severity: 'error',
    level: 'schema',
    title: 'The root element is not TEI',
    why: 'weibian checks TEI documents; a root of another name or namespace is another kind of document.',
    help: 'Open the document with <TEI xmlns="http://www.tei-c.org/ns/1.0" …>.',
  },
  'validate/unexpected-element': {
    severity: 'error',
    level: 'schema',
    title: 'An element stands where it may not',
    why: 'schemas/weibian.rng narrows TEI P5; what it refuses, other TEI software may misread.',
    help: 'Correct the name, move the element, or remove its tags; docs/encoding.md says what may stand where.',
  },
  'validate/missing-element': {
    severity: 'error',
    level: 'schema',
    title: 'A required element is missing',
    why: 'Readers of the file rely on this element.',
    help: 'Add the element; docs/encoding.md has an example.',
  },
  'validate/unexpected-text': {
    severity: 'error',
    level: 'schema',
    title: 'Text stands where only elements may',
    why: 'Text outside head and p would be lost to readers of the edition.',
    help: 'Move the text into an element that holds text, such as p.',
  },
  'validate/unexpected-attribute': {
    severity: 'error',
    level: 'schema',
    title: 'An element has an attribute that it may not have',
    why: 'An attribute that TEI or this encoding does not know has no meaning to other software.',
    help: 'Correct the name of the attribute, or remove it.',
  },
  'validate/missing-attribute': {
    severity: 'error',
    level: 'schema',
    title: 'A required attribute is missing',
    why: 'By the second law of the encoding whoever says something signs it; names also say whom they name.',
    help: 'Add the attribute: resp points to the rule or person, ref to the entity, cert says how sure it is.',
  },
  'validate/invalid-value': {
    severity: 'error',
    level: 'schema',
    title: 'A value is not one of those allowed',
    why: 'Closed lists and fixed forms let software rely on the value.',
    help: 'Use one of the values named, or see docs/encoding.md for the form.',
  },
  'validate/duplicate-id': {
    severity: 'error',
    level: 'schema',
    title: 'An xml:id is used twice',
    why: 'A pointer to it would have two targets.',
    help: 'Give one of the two another xml:id, and look at the pointers to it.',
  },
  'validate/pointer-unresolved': {
    severity: 'error',
    level: 'links',
    title: 'A pointer leads nowhere',
    why: 'Nothing in the file has the xml:id that the pointer names.',
    help: 'Correct the pointer, or add what it points to in standOff or the header.',
  },
  'validate/prefix-undeclared': {
    severity: 'error',
    level: 'links',
    title: 'A pointer has a prefix that is not declared',
    why: 'Without a prefixDef nobody knows what the short form stands for.',
    help: 'Declare the prefix in listPrefixDef, or write the whole URI.',
  },
  'validate/resp-target': {
    severity: 'error',
    level: 'links',
    title: 'resp or who does not point to one who can answer for it',
    why: 'A signature is a rule of the software (application) or a person (respStmt, editor, author, principal).',
    help: 'Point to an application of appInfo, or to a respStmt or editor of titleStmt.',
  },
  'validate/name-target': {
    severity: 'error',
    level: 'links',
    title: 'A name points to another kind of thing',
    why: 'persName names a person, placeName a place, orgName a people, tribe or state.',
    help: 'Correct ref, or use the element for that kind of thing.',
  },
  'validate/bibl-target': {
    severity: 'error',
    level: 'links',
    title: 'A citation does not point to a work',
    why: 'The index of works follows corresp and source to listBibl.',
    help: 'Point to a bibl of listBibl.',
  },
  'validate/calendar-target': {
    severity: 'error',
    level: 'links',
    title: 'calendar or datingMethod does not point to a calendar',
    why: 'A date of the text can only be read with its calendar.',
    help: 'Point to a calendar of calendarDesc.',
  },
  'validate/glyph-target': {
    severity: 'error',
    level: 'links',
    title: 'A g does not point to a glyph',
    why: 'The glyph in charDecl says how the character is composed and shown.',
    help: 'Point to a glyph or char of charDecl.',
  },
  'validate/reading-target': {
    severity: 'error',
    level: 'links',
    title: 'An apparatus entry does not point to the text or a witness',
    why: 'from and to lead the reader to the place in the text, wit to the witness.',
    help: 'Let from and to point to the note in the body, wit to a witness of listWit.',
  },
  'validate/year-event': {
    severity: 'error',
    level: 'links',
    title: 'A year and its event differ',
    why: 'The heading of a year is derived from the event that the div points to.',
    help: 'Let corresp point to the event type="year" whose when-custom is the n of the div.',
  },
  'validate/entry-event': {
    severity: 'error',
    level: 'links',
    title: 'An event does not point to its entry',
    why: 'The event of an entry leads to the entry.',
    help: 'Let corresp point to the div type="entry".',
  },
  'validate/date-order': {
    severity: 'error',
    level: 'data',
    title: 'A date ends before it begins',
    why: 'from is later than to, or notBefore than notAfter.',
    help: 'Correct the interval; docs/encoding.md says how dates are written.',
  },
  'validate/date-when-and-range': {
    severity: 'error',
    level: 'rules',
    title: 'A date has a moment and an interval',
    why: 'when is one moment, from and notBefore begin an interval: TEI allows one of them.',
    help: 'Keep when, or from and to, or notBefore and notAfter.',
  },
  'validate/dating-method': {
    severity: 'error',
    level: 'rules',
    title: 'A civil date does not say its calendar',
    why: 'when-custom can only be read with the calendar that datingMethod names, and datingMethod means nothing alone.',
    help: 'Add datingMethod with a pointer to a calendar, or remove the attribute that stands alone.',
  },
  'validate/date-value': {
    severity: 'warning',
    level: 'rules',
    title: 'A date is not resolved',
    why: 'A date without a value cannot be sorted or searched; cert says that this is known.',
    help: 'Add when-custom with from and to, or cert="low" where it cannot be known.',
  },
  'validate/bibl-work': {
    severity: 'error',
    level: 'rules',
    title: 'A citation names no work',
    why: 'The index of works needs corresp; cert says that the work is not known.',
    help: 'Add corresp with a pointer to a work of listBibl, or cert="low".',
  },
  'validate/empty-annotation': {
    severity: 'error',
    level: 'rules',
    title: 'An annotation has no text',
    why: 'A name, a date or a citation marks words of the source; without words it marks nothing.',
    help: 'Put the tags around the words they mark, or remove them.',
  },
  'validate/text-lost': {
    severity: 'error',
    level: 'text',
    title: 'The text has not as many characters as it should',
    why: 'By the first law nothing is lost: the characters of the body, white space aside, equal those of the source.',
    help: 'Compare with the source by `weibian text FILE.xml`; restore what is missing, or correct quantity of measure unit="character" if the source has changed.',
  },
  'validate/text-uncounted': {
    severity: 'warning',
    level: 'text',
    title: 'The header does not say how many characters the text has',
    why: 'Without the number nobody can tell whether text was lost.',
    help: 'Add <extent><measure unit="character" quantity="…"/></extent> to fileDesc.',
  },
  'validate/entry-order': {
    severity: 'error',
    level: 'rules',
    title: 'Entry numbers do not ascend',
    why: 'Citations name an entry by its number.',
    help: 'Number the entries of a juan in their order.',
  },
  'validate/line-order': {
    severity: 'error',
    level: 'rules',
    title: 'A line number does not follow the one before',
    why: 'lb n is the line of the source file, so lines count up by one from 1.',
    help: 'Number lb as the lines of the source; restore a missing lb.',
  },
  'validate/note-parentheses': {
    severity: 'error',
    level: 'rules',
    title: 'The parentheses of a note do not match',
    why: 'A note in parentheses opens with （ and closes with ）, each as often.',
    help: 'Move the end of the note to its closing parenthesis, or restore the parenthesis of the source.',
  },
} as const satisfies Record<string, CatalogueEntry>;

export type Code = keyof typeof catalogue;
