/** What a punctuation mark does: ends a sentence (句), a phrase (讀), opens or closes a bracket, or only separates. */
export type PunctuationRole = 'ju' | 'du' | 'open' | 'close' | 'separator';

const roles: readonly (readonly [PunctuationRole, string])[] = [
  ['ju', '。？！．.?!'],
  ['du', '，、；：,;:'],
  ['open', '（「『《〈〔［【“‘(['],
  ['close', '）」』》〉〕］】”’)]'],
  ['separator', '·・•—…～-'],
];

const roleOf: ReadonlyMap<string, PunctuationRole> = new Map(
  roles.flatMap(([role, characters]) => [...characters].map((character) => [character, role] as const)),
);

/** Whether a character may not begin a line or a column: a mark that ends or closes something. */
export function mayNotBegin(character: string): boolean {
  return ['ju', 'du', 'close'].includes(roleOf.get(character) ?? '');
}

/** The role of a punctuation mark; nothing for any other character. */
export function punctuationRole(character: string): PunctuationRole | undefined {
  return roleOf.get(character);
}
