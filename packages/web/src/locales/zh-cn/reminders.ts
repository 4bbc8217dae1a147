import type { enLater } from '../en/later.ts';
import type { Texts } from '../texts.ts';

export const reminders: Texts<typeof enLater.reminders> = {
  title: '提醒',
  lead: 'Tandem 会在这些时候主动提醒你。时间以你自己的时钟为准：{{zone}}。',
  noZone: '还不知道你的时区，所以没有安排任何提醒。请刷新此页。',
  next: '下一次：{{when}}。',
  nothingPlanned: '没有安排任何提醒。',
  at: '时间',
  byMail: '邮件',
  inBrowser: '浏览器',
  off: '已关闭',
  digest: {
    title: '每日摘要',
    text: '逾期、今天到期和明天到期的任务，汇总成一条。',
    days: '星期',
    whenEmpty: '没有任务时也发送',
  },
  due: {
    title: '到期当天',
    text: '趁还来得及，告诉你今天到期的任务。此后别人再安排到今天的，会随时告诉你。',
  },
  eve: { title: '到期前一晚', text: '告诉你明天到期的任务。' },
  needsYou: {
    title: '有事需要你处理',
    text: 'Salesforce 拒绝登录、删除大量任务前的询问；管理员还会收到：账号无人处理、Salesforce 新增状态、Webhook 停用。页面上始终会显示。',
  },
  mail: {
    address: '邮件发送到 {{address}}。',
    off: '没有设置邮件服务器，所以不会发送邮件。请 Tandem 的运维人员设置 TANDEM_SMTP_URL 和 TANDEM_MAIL_FROM。',
    missed: '{{date}} 的“{{what}}”没有及时发出：当时服务器没有运行，或邮件未被接收。',
  },
  browser: {
    title: '当前浏览器',
    granted: '这里已允许通知。只要开着 Tandem 的页面，就会收到。',
    default: '提醒会显示在页面上。经你允许后，只要开着 Tandem 的页面，还会以系统通知的形式出现。',
    denied:
      '当前浏览器屏蔽了 Tandem 的通知，提醒只显示在页面上。如需修改，请打开地址栏旁的网站设置。',
    unsupported: '当前浏览器不支持通知，提醒只显示在页面上。',
    allow: '允许通知',
  },
  save: { button: '保存', unsaved: '还没有保存。', saved: '已保存。' },
  test: {
    button: '发一条测试',
    sent: '已发送到 {{address}}，这里也会显示。',
    off: '这里会显示。不发送邮件。',
  },
  preview: {
    title: '下一次摘要',
    when: '如果一切不变，{{when}} 的摘要会是这样。',
    now: '没有安排摘要。如果现在发送，会是这样。',
    nothing: '没有逾期的任务，当天和次日也没有到期的任务。',
    overdue: '逾期 {{count}} 个',
    today: '当天 {{count}} 项',
    tomorrow: '次日 {{count}} 项',
    more: '另有 {{count}} 个',
    unnamed: '（未命名）',
  },
};
