import type { InvitedRole, MailTexts } from './mail-texts.ts';

const ROLES: Readonly<Record<InvitedRole, string>> = {
  admin: '管理员',
  manager: '经理',
  rep: '销售',
};

export const zhCn: MailTexts = {
  greeting: (name) => `${name}，你好`,
  open: '打开 Tandem',
  openTasks: '打开任务列表',
  more: (count) => `另有 ${count} 个`,
  unnamed: '（未命名）',
  settings: '修改提醒的时间和方式',
  since: (moment) => `始于 ${moment}。`,
  digest: {
    subject: ({ overdue, today, tomorrow }) => {
      const parts = [
        ...(overdue > 0 ? [`逾期 ${overdue} 个`] : []),
        ...(today > 0 ? [`今天到期 ${today} 个`] : []),
        ...(tomorrow > 0 ? [`明天 ${tomorrow} 个`] : []),
      ];
      return parts.length === 0 ? '今天没有到期的任务' : `今日任务：${parts.join('，')}`;
    },
    nothing: '没有逾期的任务，今明两天也没有到期的任务。',
    overdue: (count) => `逾期 ${count} 个`,
    today: (count) => `今天 ${count} 个`,
    tomorrow: (count) => `明天 ${count} 个`,
    why: '这是你的每日摘要。',
    stop: '不再用邮件接收每日摘要',
  },
  due: {
    subject: (count) => `今天有 ${count} 个任务到期`,
    heading: (date) => `今天到期 · ${date}`,
    why: '你设置了在到期当天收到提醒。',
    stop: '不再用邮件接收此类提醒',
  },
  moreDue: '今天又有任务到期',
  eve: {
    subject: (count) => `明天有 ${count} 个任务到期`,
    heading: (date) => `明天到期 · ${date}`,
    why: '你设置了在到期前一晚收到提醒。',
    stop: '不再用邮件接收此类提醒',
  },
  needsYou: {
    why: '有事需要你处理、否则无法继续时，Tandem 才会写信。',
    stop: '不再用邮件接收此类通知（页面上仍会显示）',
    sign_in: {
      subject: '请重新登录 Salesforce',
      text: ({ name }) =>
        `Salesforce 不再接受 Tandem 为你${name === undefined ? '' : `在 ${name} `}的账号所做的登录。你的任务都保存在这里等待，什么也不会丢失。重新登录后会自动继续。`,
      action: '重新登录',
    },
    brake: {
      subject: '即将删除大量任务，请你确认',
      text: ({ count }) =>
        `你有 ${count ?? 0} 个任务在一边同时消失了，另一边没有删除任何内容。请决定是一并删除，还是保留；其余同步照常进行。`,
      action: '查看并回答',
    },
    stall: {
      subject: '同步无人处理',
      text: ({ count }) =>
        `${count ?? 0} 个 Salesforce 账号的修改正在等待，因为没有 Tandem 工作进程来处理。什么也不会丢失。请用“tandem serve”或“tandem worker”启动一个。`,
      action: '查看运行状况',
    },
    new_status: {
      subject: 'Salesforce 新增了任务状态',
      text: ({ values }) =>
        `Salesforce 中新增了：${(values ?? []).join('、')}。在管理员说明其含义之前，使用它的任务在 Tandem 中保持原来的状态。`,
      action: '说明其含义',
    },
    webhook_stopped: {
      subject: '一个 Webhook 已停用',
      text: ({ name }) =>
        `“${name ?? ''}”连续多天没有接收任何消息，或积压的消息过多，因此 Tandem 停用了它。请修复接收方，重新启用该 Webhook，再从日志中补发遗漏的消息。`,
      action: '打开该 Webhook',
    },
  },
  test: {
    subject: '来自 Tandem 的测试邮件',
    text: '提醒就是这样送达的。你能看到这封信，说明邮件工作正常。',
    why: '你在“设置 → 提醒”中请求了这封测试邮件。',
  },
  reset: {
    subject: '设置新密码',
    text: '有人（很可能是你自己）请求为你的 Tandem 账号设置新密码。下面的链接一小时内有效，只能使用一次。',
    action: '设置新密码',
    why: '如果不是你本人，请忽略此信：你的密码不会改变。',
  },
  invitation: {
    subject: ({ workspace, invitedBy }) => `${invitedBy} 邀请你加入 ${workspace}`,
    text: ({ workspace, role }) =>
      `${workspace} 用 Tandem 管理任务，并与 Salesforce 保持一致。你在其中的角色是：${ROLES[role]}。`,
    until: (moment) => `这个链接只供你本人使用一次，${moment}前有效。`,
    action: '加入',
    why: '如果你不知道这是怎么回事，请忽略此信：没有这个链接，谁也不能以你的名义加入。',
  },
  unsubscribe: {
    title: '邮件提醒',
    ask: {
      digest: '不再用邮件给你发送每日摘要？',
      due: '到期当天不再给你发邮件？',
      eve: '到期前一晚不再给你发邮件？',
      needsYou: '有事需要你处理时不再给你发邮件？',
    },
    stop: '停止发送',
    done: '好了。此类邮件不会再发送；浏览器中的提醒保持不变。',
    bad: '此链接无效。你可以在“设置 → 提醒”中修改所有选项。',
    settings: '设置 → 提醒',
  },
};
