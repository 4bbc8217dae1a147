import { campaign, type Sketch } from './sketch.ts';

const stocktake = campaign('年终盘点季');
const pilot = campaign('浜松 試験導入');

/** Customers in Shaoxing and Hamamatsu; writes to each in their own language. */
export const LIN_WEI: readonly Sketch[] = [
  {
    name: '给澄岭纺织补发盘点报告',
    type: 'email',
    day: -2,
    priority: 'high',
    details: '上次附件打不开，换成表格再发一次。\n顺便说明第 3 栏的单位是“匹”，不是“米”。',
  },
  {
    name: '桐ヶ谷様へお電話：納期の件',
    type: 'call',
    day: -1,
    callOutcome: 'No answer',
    callReason: 'Follow-up',
    details: '午後は会議とのこと。四時過ぎにもう一度。',
  },
  { name: '盘点季第一封：您还在用手写吗？', type: 'email', day: 0, ...stocktake(1, 1) },
  {
    name: '核对 71,000 的报价，含税与不含税各一份',
    type: 'custom',
    day: 0,
    priority: 'high',
    details: '财务要两份，抬头一致。',
  },
  {
    name: 'Customs papers for the two demo gates',
    type: 'custom',
    day: 0,
    details: 'Shipped from Malmö on Friday. Invoice value must match the carnet, to the cent.',
  },
  { name: '水無瀬様：試験導入の台数確認', type: 'call', day: 0, ...pilot(2, 1) },
  {
    name: '拜访安澜茶业前，先读他们的库存规则',
    type: 'custom',
    day: 1,
    details: '春茶、秋茶分开记账；散茶按克，饼茶按片。',
  },
  { name: '领英留言：东雲文具店长', type: 'inmail', day: 1 },
  { name: '盘点季第二步：十五分钟演示', type: 'call', day: 1, ...stocktake(4, 2) },
  { name: '操作マニュアル（現場用）を送る', type: 'email', day: 3, ...pilot(5, 2) },
  {
    name: '跟 Priya 对一下亚洲区的翻译用词',
    type: 'custom',
    day: 4,
    details: '“in step” 怎么译都不顺，想听听她的印地语版本。',
  },
  { name: '盘点季第三步：发样机', type: 'custom', day: 6, ...stocktake(9, 3) },
  { name: '祁总的续约意向', type: 'call', day: 11, callReason: 'Renewal' },
  { name: '整理一份客户常问的十个问题', type: 'custom', day: null },
  {
    name: '谢谢绍兴仓库的晚饭 🍲',
    type: 'email',
    day: -1,
    status: 'complete',
    details: '照片一起发过去。',
  },
];
