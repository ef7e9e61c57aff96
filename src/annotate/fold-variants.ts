/** Variant or simplified form, then the form it is matched as. Forms that stand for several characters (后 云 于 里 范 余) are left alone. */
const pairs = [
  '鉴鑑鑒鑑録錄录錄历曆厯曆歴曆歷曆纪紀传傳书書编編长長续續资資会會辽遼国國经經',
  '东東严嚴丽麗乐樂亲親众眾伪偽僞偽党黨关關兴興册冊军軍净淨凉涼刘劉则則别別劝勸华華单單卢盧卫衛衞衛县縣参參叙敘敍敘号號吕呂吴吳员員',
  '园園围圍图圖圣聖坚堅壶壺处處备備复復娄婁学學宁寧寗寧宝寶寳寶实實寔實宪憲宫宮对對将將尧堯岭嶺巩鞏师師帐帳广廣庄莊庆慶庞龐应應张張强強',
  '归歸当當彦彥徕徠总總恆恒怀懷战戰执執护護挥揮据據斋齋无無旧舊时時晋晉杂雜机機权權条條来來杨楊枢樞栾欒检檢梦夢欧歐毕畢汉漢汇匯',
  '泽澤济濟渊淵渑澠渔漁温溫满滿潜潛灵靈烬燼献獻环環琐瑣画畫监監盘盤礼禮禄祿祕秘称稱笔筆简簡类類繫系纲綱约約绍紹统統绥綏绪緒缀綴缭繚',
  '羣群职職肃肅胜勝舆輿艺藝节節苏蘇荆荊营營虏虜补補袭襲见見观觀览覽觉覺计計讲講许許论論证證証證评評识識译譯诗詩话話详詳语語误誤说說説說',
  '诸諸读讀谈談谋謀谔諤谟謨谱譜谓謂贞貞贡貢贤賢货貨质質贯貫贵貴费費赵趙轩軒轺軺载載轼軾辅輔辑輯辕轅辙轍辞辭辩辯边邊达達迁遷运運进進远遠连連',
  '选選遗遺邻鄰郑鄭郧鄖释釋钤鈐钞鈔钟鍾钦欽钱錢铁鐵鐡鐵锥錐镇鎮镜鏡问問闲閑閒閑闻聞阁閣阅閱阙闕阳陽阴陰陆陸陇隴陈陳陕陝随隨隐隱鸡雞',
  '韩韓韵韻页頁项項顺順须須顾顧题題颜顏顔顏饶饒馆館马馬驾駕鲁魯鸭鴨鹤鶴黄黃齐齊龙龍龟龜蹟跡迹跡誌志遊游劄札箚札爲為畧略藁稿藳稿菴庵吊弔',
  '繋系巻卷眞真与與并並幷並缘緣异異虽雖○〇零〇',
].join('');

const table = new Uint16Array(0x10000).map((_, code) => code);
for (let at = 0; at < pairs.length; at += 2) table[pairs.charCodeAt(at)] = pairs.charCodeAt(at + 1);
// A mark of byte order inside a text is a character like others: it is counted.
const decoder = new TextDecoder('utf-16le', { ignoreBOM: true });

/**
 * The text with variant and simplified characters in one form, for matching only: as long as the text was, so that
 * every offset (UTF-16 units) stays true.
 */
export function foldVariants(text: string): string {
  const units = new Uint16Array(text.length);
  for (let at = 0; at < units.length; at++) units[at] = table[text.charCodeAt(at)]!;
  return decoder.decode(units);
}
