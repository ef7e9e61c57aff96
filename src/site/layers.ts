import { changeSetting, currentSetting } from './settings.ts';

// The legend: a panel once scripts run, with a box for each layer.

/** Makes the legend a panel and its boxes show and hide layers. */
export function connectLayers(): void {
  const legend = document.getElementById(':legend');
  if (!legend) return;
  legend.setAttribute('popover', 'auto');
  legend.setAttribute('role', 'dialog');
  const boxes = [...legend.querySelectorAll<HTMLInputElement>('input[data-layer]')];
  const hidden = currentSetting('hide').split(' ');
  for (const box of boxes) box.checked = !hidden.includes(box.dataset.layer ?? '');
  legend.addEventListener('change', () => {
    const off = boxes.filter(({ checked }) => !checked).map(({ dataset }) => dataset.layer ?? '');
    changeSetting('hide', off.join(' '));
  });
}
