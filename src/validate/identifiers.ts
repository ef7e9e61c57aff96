/** The form of an identifier of a known system. */
interface IdentifierForm {
  readonly test: (value: string) => boolean;
  readonly expected: string;
}

const form = (pattern: RegExp, expected: string): IdentifierForm => ({
  test: (value) => pattern.test(value),
  expected,
});

/** Systems by the type of idno, in lower case. Sources: the documentation of each register; ISO 27729, 2108 and 3297 for check digits. */
const forms: Readonly<Record<string, IdentifierForm>> = {
  cbdb: form(/^\d{1,7}$/, 'the number of a person in CBDB, such as `526`'),
  dila: form(/^(?:A\d{6}|PL\d{12})$/, 'a DILA authority number, such as `A001234` or `PL000000012345`'),
  wikidata: form(/^[QPL][1-9]\d*$/, 'a Wikidata identifier, such as `Q7209`'),
  viaf: form(/^[1-9]\d{1,21}$/, 'a VIAF number of digits'),
  tgaz: form(/^[a-z]+_\d+$/, 'a TGAZ identifier, such as `hvd_12345`'),
  geonames: form(/^\d{1,9}$/, 'a GeoNames number'),
  gnd: form(/^\d{1,9}-?[\dX]$|^\d{8,10}[\dX]?$/, 'a GND number'),
  doi: form(/^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:)?10\.\d{4,9}\/\S+$/i, 'a DOI, such as `10.5281/zenodo.1234567`'),
  handle: form(/^(?:https?:\/\/hdl\.handle\.net\/|hdl:)?\d+(?:\.\d+)*\/\S+$/i, 'a handle, such as `20.500.12345/678`'),
  ark: form(/^(?:https?:\/\/\S+\/)?ark:\/?\d{5,9}\/\S+$/i, 'an ARK, such as `ark:/12345/x6`'),
  urn: form(/^urn:[a-z\d][a-z\d-]{0,31}:\S+$/i, 'a URN, such as `urn:uuid:…`'),
  uri: form(/^[a-z][a-z\d+.-]*:\S+$/i, 'a URI with its scheme'),
  url: form(/^https?:\/\/\S+$/i, 'an address that begins with `https://`'),
  orcid: { test: isOrcid, expected: 'an ORCID iD with a right check digit, such as `0000-0002-1825-0097`' },
  isni: { test: isOrcid, expected: 'an ISNI of sixteen digits with a right check digit' },
  isbn: { test: isIsbn, expected: 'an ISBN of ten or thirteen digits with a right check digit' },
  issn: { test: isIssn, expected: 'an ISSN of eight digits with a right check digit' },
};

/** What a value of an identifier type should look like when it does not; undefined when it does, or nothing is known of the type. */
export function identifierFault(type: string, value: string): string | undefined {
  const known = forms[type.toLowerCase()];
  return known && !known.test(value) ? known.expected : undefined;
}

const persistent = ['doi', 'handle', 'ark', 'urn'] as const;

/** Whether a value is an identifier that is made to last: DOI, handle, ARK, URN, or a PURL, w3id or permalink address. */
export function isPersistent(value: string): boolean {
  if (persistent.some((type) => forms[type]!.test(value))) return true;
  return /^https?:\/\/(?:purl\.|w3id\.org\/|n2t\.net\/|id\.|[^/]+\/(?:ark:|permalink))/i.test(value);
}

/** ISO 7064 MOD 11-2 over sixteen digits. */
function isOrcid(value: string): boolean {
  const digits = value.replace(/^https?:\/\/(?:orcid\.org|isni\.org\/isni)\//, '').replace(/[-\s]/g, '');
  if (!/^\d{15}[\dX]$/.test(digits)) return false;
  let total = 0;
  for (const digit of digits.slice(0, 15)) total = (total + Number(digit)) * 2;
  return check((12 - (total % 11)) % 11) === digits[15];
}

function isIsbn(value: string): boolean {
  const digits = value.replace(/[-\s]/g, '').replace(/^ISBN:?/i, '');
  if (/^\d{9}[\dX]$/.test(digits)) {
    const sum = [...digits].reduce((total, digit, at) => total + (digit === 'X' ? 10 : Number(digit)) * (10 - at), 0);
    return sum % 11 === 0;
  }
  if (!/^97[89]\d{10}$/.test(digits)) return false;
  return [...digits].reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3), 0) % 10 === 0;
}

function isIssn(value: string): boolean {
  const digits = value.replace(/[-\s]/g, '').replace(/^ISSN:?/i, '');
  if (!/^\d{7}[\dX]$/.test(digits)) return false;
  const sum = [...digits.slice(0, 7)].reduce((total, digit, at) => total + Number(digit) * (8 - at), 0);
  return check((11 - (sum % 11)) % 11) === digits[7];
}

const check = (number: number): string => (number === 10 ? 'X' : String(number));
