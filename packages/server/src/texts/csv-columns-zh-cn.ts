import type { CSV_COLUMNS, CSV_EXTRA_COLUMNS } from '@tandem/api';

type Column = (typeof CSV_COLUMNS | typeof CSV_EXTRA_COLUMNS)[number];

/** The columns of a file in Chinese; an import reads these and the English ones alike. */
export const COLUMNS_ZH: Readonly<Record<Column, string>> = {
  id: '编号',
  name: '名称',
  type: '类型',
  status: '状态',
  priority: '优先级',
  dueDate: '到期日',
  details: '详情',
  owner: '负责人',
  personId: '联系人编号',
  personType: '联系人类型',
  personName: '联系人',
  relatedId: '相关记录编号',
  relatedType: '相关记录类型',
  relatedName: '相关记录',
  campaign: '活动',
  campaignDay: '活动第几天',
  campaignStep: '活动第几步',
  callOutcome: '通话结果',
  callReason: '通话原因',
  createdAt: '创建时间',
  updatedAt: '更新时间',
  completedAt: '完成时间',
  salesforceId: 'Salesforce 编号',
};
