// What the reader chose, kept in localStorage under `weibian.*` and shown as data-* attributes of <html>.

/** A setting of the reader: `data-NAME` on the root element, `weibian.NAME` in the store. */
export type SettingName = 'lang' | 'theme' | 'direction' | 'size' | 'hide' | 'keys';

/** Values of a setting; `hide` holds any of its values, separated by spaces, the others exactly one. */
export const valuesOf: Readonly<Record<SettingName, readonly string[]>> = {
  lang: ['zh-Hant', 'en'],
  theme: ['paper', 'day', 'night'],
  direction: ['vertical', 'horizontal'],
  size: ['s', 'm', 'l', 'xl'],
  keys: ['on', 'off'],
  hide: ['persons', 'places', 'peoples', 'dates', 'citations', 'variants', 'commentary', 'corrections'],
};

/** Name of the event that `document` gets after a setting has changed; its detail is the name. */
export const settingEvent = 'weibian:setting';

/** What the store holds for a setting: a value of the setting, or undefined where there is none (or no store). */
export function storedSetting(name: SettingName): string | undefined {
  try {
    const value = localStorage.getItem(`weibian.${name}`) ?? undefined;
    return value !== undefined && isValue(name, value) ? value : undefined;
  } catch {
    return undefined; // A browser may refuse the store, on file: or by the reader's wish.
  }
}

/** Whether a text is a value of the setting. */
export function isValue(name: SettingName, value: string): boolean {
  const parts = name === 'hide' ? value.split(' ').filter(Boolean) : [value];
  return parts.every((part) => valuesOf[name].includes(part));
}

/** The value in force, as the root element shows it; empty where the style sheet decides. */
export function currentSetting(name: SettingName): string {
  return document.documentElement.getAttribute(`data-${name}`) ?? '';
}

/** Puts a setting in force, keeps it, and tells `document` of it. */
export function changeSetting(name: SettingName, value: string): void {
  showSetting(name, value);
  try {
    localStorage.setItem(`weibian.${name}`, value);
  } catch {
    // Without a store the choice lasts as long as the page.
  }
  document.dispatchEvent(new CustomEvent(settingEvent, { detail: name }));
}

/** Shows a setting on the root element. */
export function showSetting(name: SettingName, value: string): void {
  document.documentElement.setAttribute(`data-${name}`, value);
  if (name === 'lang') document.documentElement.lang = value;
}
