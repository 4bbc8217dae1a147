import type { en } from '../en/index.ts';
import type { Texts } from '../texts.ts';

export const notices: Texts<typeof en.notices> = {
  title: '通知',
  unread_other: '{{count}} 条未读',
  lead: 'Tandem 告诉过你的事。已经过去的会自行消失。',
  emptyTitle: '一切安好',
  emptyText: '提醒和需要你处理的事会出现在这里。',
  isNew: '新',
  clear: '收起',
  clearAll: '全部收起',
  more: '显示更多',
  settings: '时间与方式',
  digest: {
    title: '今日任务',
    nothing: '今天没有到期的任务。',
    overdue_other: '逾期 {{count}} 个',
    today_other: '今天到期 {{count}} 个',
    tomorrow_other: '明天 {{count}} 个',
  },
  due: {
    title_other: '今天有 {{count}} 个任务到期',
    more_other: '今天又有 {{count}} 个任务到期',
  },
  eve: { title_other: '明天有 {{count}} 个任务到期' },
  dueOn_other: '{{date}}有 {{count}} 个任务到期',
  sign_in: {
    title: '请重新登录 Salesforce',
    text: 'Salesforce 拒绝了 Tandem 为你的账号所做的登录。任务都在等待，什么都不会丢。',
    action: '重新登录',
  },
  brake: {
    title: '删除之前，先问问你',
    text_other: '有 {{count}} 个任务在一边同时消失了。一并删除，还是保留？',
    action: '查看并回答',
  },
  stall: {
    worker: '同步无人处理',
    workerText_other:
      '{{count}} 个账号自 {{since}} 起一直在等待。请启动“tandem serve”或“tandem worker”。',
    poll: 'Salesforce 没有应答',
    pollText: '自 {{since}} 起没能读取。无需处理，会自动重试。',
    unsent: '有修改发不出去',
    unsentText: '自 {{since}} 起一直在等待。无需处理，会自动重试。',
    action: '查看运行状况',
  },
  new_status: {
    title: 'Salesforce 新增了任务状态',
    text: '新增：{{values}}。请说明其含义，在此之前任务保持原来的状态。',
    action: '说明其含义',
  },
  webhook_stopped: {
    title: '一个 Webhook 已停用',
    text: '“{{name}}”没有接收消息。请修复接收方，再重新启用。',
    action: '打开 Webhook',
  },
  test: { title: '测试', text: '提醒在这里就是这个样子。' },
  openList: '打开任务列表',
};
