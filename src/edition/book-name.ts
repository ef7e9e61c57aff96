/** The name of a book of several texts: `xixiaji-03` for one, `xixiaji` for xixiaji-03 and xixiaji-04, `book` when nothing is common. */
export function bookName(ids: readonly string[]): string {
  const [first = ''] = ids;
  if (ids.length === 1) return first || 'book';
  let length = 0;
  while (length < first.length && ids.every((id) => id[length] === first[length])) length++;
  return first.slice(0, length).replace(/[-_.\d]+$/, '') || 'book';
}
