import type { CauseText, FAULT_TEXTS_EN, SKIP_TEXTS_EN } from './en.ts';

const RETRIES = 'Tandem 会自动再试，间隔逐次拉长。';
const SIGN_IN = '请重新登录 Salesforce，之后等待中的修改会自动发出。';

export const FAULT_TEXTS_ZH_CN: Readonly<Record<keyof typeof FAULT_TEXTS_EN, CauseText>> = {
  AUTHENTICATION_FAILURE: { what: 'Salesforce 没有接受登录。', next: SIGN_IN },
  EXPIRED_ACCESS: { what: '代你访问 Salesforce 的授权已过期。', next: SIGN_IN },
  INACTIVE_ORGANIZATION: {
    what: 'Salesforce 表示该组织未启用。',
    next: '原因可以问 Salesforce 管理员。启用后重新登录即可，这期间什么都不会丢。',
  },
  INACTIVE_USER: {
    what: '你的 Salesforce 用户未启用。',
    next: 'Salesforce 管理员可以启用它。启用后重新登录即可，这期间什么都不会丢。',
  },
  INVALID_GRANT: {
    what: 'Salesforce 收回了代你访问的授权，或不允许从这个地址访问。',
    next: '请重新登录 Salesforce。如果仍被拒绝，可以请 Salesforce 管理员放行 Tandem 的地址。',
  },
  INVALID_SESSION_ID: { what: 'Salesforce 会话已结束。', next: SIGN_IN },
  API_CURRENTLY_DISABLED: {
    what: 'Salesforce 关闭了你的 API 权限。',
    next: '请 Salesforce 管理员在你的简档里勾选“API Enabled”，然后点“重试”。',
  },
  API_DISABLED_FOR_ORG: {
    what: '该 Salesforce 组织关闭了 API。',
    next: '请 Salesforce 管理员确认所用版本是否带 API，然后点“重试”。',
  },
  CANNOT_EXECUTE_FLOW_TRIGGER: {
    what: 'Salesforce 里的一个流程出错，修改没有保存。',
    next: '请 Salesforce 管理员修好它指出的流程，然后点“重试”。',
  },
  CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: {
    what: 'Salesforce 里的一个触发器出错，修改没有保存。',
    next: '请 Salesforce 管理员修好它指出的触发器，然后点“重试”。',
  },
  DUPLICATE_VALUE: {
    what: '有个值在 Salesforce 里只能出现一次，而它已经存在。',
    next: '请 Salesforce 管理员看看它指出的字段和记录，然后点“重试”。',
  },
  ENTITY_IS_LOCKED: {
    what: '该记录在 Salesforce 里被锁定，也许正在审批。',
    next: '请审批人或 Salesforce 管理员解锁，然后点“重试”。',
  },
  FIELD_CUSTOM_VALIDATION_EXCEPTION: {
    what: 'Salesforce 的一条验证规则没有通过。',
    next: '改好它指出的地方，任务就会自动发出。规则本身有误的话，可以请 Salesforce 管理员调整。',
  },
  FIELD_FILTER_VALIDATION_EXCEPTION: {
    what: '所选的联系人或记录不符合 Salesforce 的查找筛选条件。',
    next: '换一个，任务就会自动发出。',
  },
  FIELD_INTEGRITY_EXCEPTION: {
    what: '有两个值在 Salesforce 里不能并存。',
    next: '改掉它指出的那个，任务就会自动发出。',
  },
  FUNCTIONALITY_NOT_ENABLED: {
    what: '你的组织或用户在 Salesforce 里没有开通这项功能。',
    next: '请 Salesforce 管理员开通，然后点“重试”。',
  },
  INACTIVE_OWNER_OR_USER: {
    what: '任务的负责人在 Salesforce 里已停用。',
    next: '把任务交给别人，它就会自动发出。',
  },
  INSUFFICIENT_ACCESS: {
    what: '你的 Salesforce 用户没有这个权限。',
    next: '请 Salesforce 管理员授予，然后点“重试”。',
  },
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: {
    what: '你的 Salesforce 用户看不到任务所属的联系人或记录。',
    next: '请 Salesforce 管理员共享给你，然后点“重试”；也可以在这里另选一个。',
  },
  INSUFFICIENT_ACCESS_OR_READONLY: {
    what: '你的 Salesforce 用户不能修改这条记录。',
    next: '请 Salesforce 管理员授予权限，然后点“重试”。',
  },
  INVALID_CROSS_REFERENCE_KEY: {
    what: '任务所属的联系人或记录已不在 Salesforce。',
    next: '在这里移除它或另选一个，任务就会自动发出。',
  },
  INVALID_FIELD: {
    what: 'Salesforce 里没有其中某个字段，或对你的用户隐藏了它。',
    next: '请 Salesforce 管理员让你的简档能看到该字段。Tandem 会察觉，并自动继续。',
  },
  INVALID_FIELD_FOR_INSERT_UPDATE: {
    what: '有个字段你的 Salesforce 用户不能写。',
    next: '请 Salesforce 管理员在字段级安全里放开。Tandem 会察觉，并自动继续。',
  },
  INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: {
    what: 'Salesforce 不认识这个状态或优先级。',
    next: '管理员可以在“设置 → Salesforce”里改对应关系，之后任务会自动发出。',
  },
  INVALID_TYPE: {
    what: '你的 Salesforce 用户不能使用任务。',
    next: '请 Salesforce 管理员开放任务权限。Tandem 会察觉，并自动继续。',
  },
  MALFORMED_ID: {
    what: '联系人或记录的编号在 Salesforce 里无效。',
    next: '移除联系人或相关记录，重新选择，任务就会自动发出。',
  },
  REQUIRED_FIELD_MISSING: {
    what: 'Salesforce 要求填写一个 Tandem 不填的字段。',
    next: '请 Salesforce 管理员给它设默认值或改为选填，然后点“重试”。',
  },
  STORAGE_LIMIT_EXCEEDED: {
    what: '该 Salesforce 组织的存储空间已满。',
    next: '请 Salesforce 管理员腾出空间，然后点“重试”。',
  },
  STRING_TOO_LONG: {
    what: '有段文字超出了 Salesforce 的长度。',
    next: '改短它，任务就会自动发出。',
  },
  TXN_SECURITY_NO_ACCESS: {
    what: 'Salesforce 的事务安全策略拦下了这次操作。',
    next: '请 Salesforce 管理员看看这条策略，然后点“重试”。',
  },
  EVENTS_NOT_SELECTED: {
    what: 'Salesforce 没有开启任务的变更通知，Tandem 改用轮询。',
    next: '请 Salesforce 管理员在“设置 → 变更数据捕获”中选中“任务”，几分钟内 Tandem 就会发现。',
  },
  EVENTS_NOT_PERMITTED: {
    what: 'Tandem 所用的 Salesforce 用户无权订阅任务变更，Tandem 改用轮询。',
    next: '请 Salesforce 管理员给这个用户“查看所有数据”权限，几分钟内 Tandem 就会发现。',
  },
  EVENTS_PLACE_LOST: {
    what: 'Salesforce 已不记得 Tandem 读到了哪条变更事件。',
    next: 'Tandem 会用轮询补上错过的内容，并从现在起继续接收。',
  },
  EVENTS_LIMIT: {
    what: '组织 24 小时内的变更事件额度已用完，Tandem 改用轮询。',
    next: '有额度后 Tandem 会自动恢复接收。',
  },
  FAILED_WRITE: { what: 'Salesforce 刚才没能保存。', next: RETRIES },
  INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE: {
    what: 'Salesforce 正在维护，暂时不能保存。',
    next: RETRIES,
  },
  QUERY_TIMEOUT: { what: 'Salesforce 查询超时。', next: RETRIES },
  REQUEST_LIMIT_EXCEEDED: {
    what: '组织 24 小时内的 API 调用次数已用完。',
    next: '有余量后 Tandem 会自动继续。管理员可以加购，或查查还有谁在用。',
  },
  'REQUEST_LIMIT_EXCEEDED/concurrent': {
    what: '同一时刻使用 Salesforce 的程序太多。',
    next: RETRIES,
  },
  SERVER_UNAVAILABLE: { what: 'Salesforce 暂时不可用。', next: RETRIES },
  UNABLE_TO_LOCK_ROW: { what: '别人正在 Salesforce 里保存同一条记录。', next: RETRIES },
  'INVALID_FIELD/timeout': { what: 'Salesforce 读取字段超时。', next: RETRIES },
  NETWORK: { what: '连不上 Salesforce。', next: RETRIES },
  TIMEOUT: { what: 'Salesforce 没有及时应答。', next: RETRIES },
  BAD_REPLY: {
    what: '收到的不是 Salesforce 的应答，像是中间的什么代答了。',
    next: RETRIES,
  },
  REPLY_TOO_LARGE: {
    what: 'Salesforce 的应答太大，Tandem 没有收下。',
    next: '请告知 Tandem 的管理人员，日志里记着是哪个请求。',
  },
  CANNOT_UPDATE_CONVERTED_LEAD: {
    what: '这个潜在客户已在 Salesforce 里转换，不能再用。',
    next: '改选它转换成的联系人，任务就会自动发出。',
  },
  HTTP: {
    what: 'Tandem 和 Salesforce 之间有什么拒绝了这次请求。',
    next: '请告知 Tandem 的管理人员，可能是代理或防火墙挡住了。之后点“重试”。',
  },
  UNKNOWN_EXCEPTION: {
    what: 'Salesforce 内部出错。',
    next: '点“重试”。如果再次出现，管理员可以带着旁边的原话向 Salesforce 支持求助。',
  },
  OUTCOME_UNKNOWN: {
    what: 'Salesforce 的应答丢失了，Tandem 无法判断那边是否已建好任务。',
    next: '请到 Salesforce 看一眼：没有就点“重试”，有就点“忽略”。',
  },
  UNREADABLE_RECORD: {
    what: '这条 Salesforce 任务里有 Tandem 无法保存的字符或值。',
    next: '在那边改好之后，任务会自动继续同步。',
  },
  BROKEN_INVARIANT: {
    what: 'Tandem 发现接下来的操作会违背自己的承诺，因此没有执行，两边都保持原样。',
    next: '请告知 Tandem 的管理人员，旁边的文字指明是哪一条承诺。',
  },
};

export const UNKNOWN_FAULT_ZH_CN: CauseText = {
  what: 'Salesforce 的这个应答，Tandem 还不认识。',
  next: '它的原话在旁边。原因排除后点“重试”。',
};

export const SKIP_TEXTS_ZH_CN: Readonly<Record<keyof typeof SKIP_TEXTS_EN, CauseText>> = {
  outside_window: {
    what: '在导入的时间范围内没有改动',
    next: '在 Salesforce 里一有改动就会进来。',
  },
  unmapped_closed_status: {
    what: '以未对应的状态关闭',
    next: '管理员对应了这个状态、它又有改动时，或者它被重新打开时，就会进来。',
  },
  series: {
    what: '重复任务的系列（其中每次任务照常同步）',
    next: '什么都不缺：系列里的每个任务都会各自进来。',
  },
  deleted: { what: '在 Salesforce 回收站里', next: '在那边恢复后就会进来。' },
  archived: {
    what: '已被 Salesforce 归档',
    next: 'Salesforce 会在一年后归档已关闭的任务，它们留在那边。',
  },
  not_yours: { what: '属于别人', next: '转给你之后就会进来。' },
  unreadable: {
    what: '含有 Tandem 无法保存的字符或值',
    next: '在 Salesforce 里改好之后会自动进来。',
  },
  unknown: { what: '其他原因', next: '在 Salesforce 里有改动时就会进来。' },
};
