/** Characters as a reader counts them: code points, each with the variation selectors and combining marks that follow it. */
export function clusters(text: string): readonly string[] {
  return text.match(/\P{M}[\p{M}]*|\p{M}+/gu) ?? [];
}
