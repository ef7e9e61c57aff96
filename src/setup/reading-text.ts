/** The reading text of a Kanripo file: header lines, page marks, ¶ and white space left out. */
export function readingText(content: string): string {
  const lines = content.split('\n').filter((line) => !line.startsWith('#'));
  return lines.join('\n').replace(/<pb:[^>]*>|¶|\s/gu, '');
}
