import type { enLater } from '../en/later.ts';
import type { Texts } from '../texts.ts';

export const keys: Texts<typeof enLater.keys> = {
  assign: '分配给同事',
  groups: { go: '移动', do: '操作', days: '日期', list: '列表' },
  palette: '万能入口：命令、任务、页面',
  selectMany: '连续选择下一个、上一个',
  selectAll: '全选',
  today: '今天到期',
  tomorrow: '明天到期',
  nextWeek: '下周到期',
  noDate: '不设到期日',
  dayEarlier: '提前一天、推后一天',
  salesforce: '在 Salesforce 中打开',
  copyLink: '复制链接',
  views: '前九个筛选',
  firstLast: '第一个、最后一个任务',
};
