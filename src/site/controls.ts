import { changeSetting, currentSetting, isValue, type SettingName, settingEvent, valuesOf } from './settings.ts';

// Buttons `data-setting="theme" data-value="night"`, anywhere on a page, put their value in force.

/** Makes the setting buttons of the page work, and lets each show whether its value is in force. */
export function connectControls(): void {
  document.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>('button[data-setting]') : null;
    const { setting = '', value = '' } = button?.dataset ?? {};
    if (isName(setting) && isValue(setting, value)) changeSetting(setting, value);
  });
  document.addEventListener(settingEvent, showPressed);
  showPressed();
}

function showPressed(): void {
  for (const button of document.querySelectorAll<HTMLElement>('button[data-setting]')) {
    const { setting = '', value = '' } = button.dataset;
    if (isName(setting)) button.setAttribute('aria-pressed', String(currentSetting(setting) === value));
  }
}

function isName(name: string): name is SettingName {
  return name in valuesOf;
}
