/** A tag of serialised HTML, in which quotation marks of values are written as references. */
const tag = /<[a-z](?:[^"<>]|"[^"]*")*>/gi;

/** An address from the root of the site: none of the page itself, of the server or with a scheme. */
const fromRoot = /(\s(?:href|src)=")(?!#|\/|[a-z][a-z\d+.-]*:)/gi;

/** A page of the site, whose addresses count from the root, for a folder below it: `persons.html` → `../persons.html`. */
export function liftAddresses(html: string, path: string): string {
  const up = '../'.repeat(path.split('/').length - 1);
  return up === '' ? html : html.replace(tag, (whole) => whole.replace(fromRoot, `$1${up}`));
}
