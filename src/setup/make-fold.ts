import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Converter } from 'opencc-js';
import { packageRoot } from '../core/package-root.ts';

// Makes src/core/fold.generated.json: `npx tsx src/setup/make-fold.ts`. Each character that has a simplified form, or is the form of another
// standard, is folded to one traditional character: simplified and back. Source: OpenCC (Apache-2.0) as in opencc-js.

const toSimplified = Converter({ from: 't', to: 'cn' });
const toTraditional = Converter({ from: 'cn', to: 't' });
const standards = (['tw', 'hk', 'jp'] as const).map((from) => Converter({ from, to: 't' }));

/** Forms of Qing prints (四庫全書) that OpenCC does not have. */
const printed = `
  㐫凶 㑹會 㒷興 㓂寇 㓙凶 㓜幼 㕑廚 㕔廳 㕘參 㙜臺 㝎定 㝠冥 㝡最 㡬幾 㢘廉 㣓衍 㣲微 㤀忘 㤗泰 㤙恩 㦯或 㧞拔 㨗捷 㨿據 㩀據 㪷斗 㫁斷 㫖旨 㮚栗 㳂沿 㳟恭
  㳺游 㸃點 㸔看 䂓規 䇿策 䏻能 䑓臺 䓁等 䕃蔭 䕫夔 䕶護 䖍虔 䖏處 䘏恤 䘮喪 䛕諛 䝉蒙 䟦跋 䟽疏 䧏降 䧟陷 乆久 乗乘 亰京 亷廉 亾亡 佀似 偹備 兊兌 兎兔 兾冀
  冐冒 冝宜 冡塚 冦寇 冨富 冩寫 凖準 凢凡 刋刊 剏創 劒劍 勅敕 勑敕 卭邛 厯歷 叅參 叚段 吿告 呉吳 呌叫 啇商 啓啟 噐器 囘回 囬回 圗圖 塡填 塲場 壻婿 夀壽 夘卯
  夣夢 妬妒 宻密 宼寇 寗寧 寜寧 寳寶 尅克 尔爾 崈崇 嵗歲 巗巖 巻卷 庻庶 廐廄 廵巡 廸迪 廹迫 廻迴 廼乃 彛彝 彞彝 徃往 従從 徧遍 徳德 恊協 恠怪 恱悅 愼慎 愽博
  慿憑 懐懷 戞戛 扵於 捴總 擕攜 攅攢 昻昂 晋晉 曵曳 曺曹 朞期 栁柳 栢柏 椘楚 槩概 檝楫 欵款 歴歷 殱殲 氊氈 氷冰 汚污 湏須 滛淫 濳潛 熈熙 熺熹 狥徇 甞嘗 産產
  畆畝 畧略 畨番 皷鼓 眀明 禆裨 禩祀 竒奇 筞策 糓穀 綂統 緫總 縁緣 縂總 繋繫 纎纖 纒纏 羗羌 羙美 聨聯 聫聯 聼聽 胷胸 臯皋 舎舍 苐第 莭節 葢蓋 蘓蘇 虗虛 衂衄
  衘銜 衞衛 袐祕 襃褒 覩睹 觧解 諌諫 譛譖 貎貌 貟員 賍贓 賔賓 踈疏 軄職 輙輒 逰游 逹達 逺遠 遶繞 邉邊 邜卯 郷鄉 鄊鄉 酧酬 釡釜 鉢缽 鎻鎖 鐡鐵 閙鬧 閠閏 闗關
  陁陀 陜陝 隂陰 隣鄰 隲騭 隷隸 靣面 頋顧 頥頤 顔顏 飬養 駞駝 騐驗 髙高 鬬鬥 鬭鬥 鬰鬱 鳯鳳 鵞鵝 黒黑 鼔鼓 龎龐
`;

const han = [
  [0x3400, 0x9fff],
  [0xf900, 0xfaff],
] as const;

function standardOf(character: string): string {
  for (const convert of standards) {
    const other = convert(character);
    if (other !== character && [...other].length === 1) return other;
  }
  return character;
}

/** Characters that prints and transcriptions confuse: a day 已未 is 己未, 乙已 is 乙巳. */
const confused = '已己 巳己 零〇 祐佑';

const pairs = new Map<string, string>(
  `${printed} ${confused}`
    .trim()
    .split(/\s+/u)
    .map((pair) => [pair[0]!, pair[1]!]),
);
const once = (character: string): string => {
  const own = pairs.get(character) ?? standardOf(character);
  const other = toTraditional(toSimplified(own));
  return other.length === 1 ? other : character;
};
const folds: string[] = ['○〇'];
for (const [first, last] of han) {
  for (let code = first; code <= last; code++) {
    const character = String.fromCodePoint(code);
    const chain = [character];
    for (let next = once(character); !chain.includes(next); next = once(next)) chain.push(next);
    // A chain that comes back ends with the smallest of its circle, whichever of it came first.
    const last = chain.at(-1)!;
    const circle = chain.slice(chain.indexOf(once(last)));
    const end = circle.sort()[0]!;
    if (end !== character) folds.push(character + end);
  }
}
const target = fileURLToPath(new URL('src/core/fold.generated.json', packageRoot));
const origin = 'Made by src/setup/make-fold.ts from OpenCC (Apache-2.0, github.com/BYVoid/OpenCC) through opencc-js.';
writeFileSync(target, `${JSON.stringify({ origin, folds: folds.join('') }, undefined, 2)}\n`);
console.log(`${target}: ${folds.length} characters`);
