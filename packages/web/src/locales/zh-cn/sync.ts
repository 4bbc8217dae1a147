import type { en } from '../en/index.ts';
import type { Texts } from '../texts.ts';

export const sync: Texts<typeof en.sync> = {
  state: {
    in_step: '两边一致',
    sending: '正在发送',
    waiting: '等待 Salesforce',
    needs_you: '需要你处理',
    needs_admin: '需要管理员处理',
    not_synced: '不同步',
  },
  reason: {
    created_before_sync: '它在打开同步之前就有了，所以只留在这里。',
    sync_off: '同步处于关闭状态。',
    not_connected: '还没有连接 Salesforce。',
    reassigned_in_salesforce: '它在 Salesforce 里转给了别人。',
    no_longer_in_salesforce: 'Salesforce 里已经看不到它，这里仍然保留。',
    deletion_waits: '它在一边被删除了。请决定另一边是否跟着删除。',
    sign_in_again: '请重新登录 Salesforce。你的修改都在，登录后会自动发出。',
    in_trash: '它在回收站里。',
    unknown: 'Salesforce 的这个应答，Tandem 还不认识。',
  },
  brake: {
    waits: 'Tandem 在等你回答，什么都没有删；其余照常进行。',
    trash: {
      question_other:
        '你的 {{links}} 个任务里，有 {{count}} 个在 Salesforce 里被删除了。这里也移到回收站吗？',
      after: '保留的会留在这里，不再跟随 Salesforce。移到回收站的，30 天内可以恢复。',
      keep: '留在这里',
      goOn: '移到回收站',
    },
    delete: {
      question_other:
        '你的 {{links}} 个任务里，有 {{count}} 个在这里被删除了。Salesforce 里也删除吗？',
      after: '保留的会从回收站取回。删除的会在 Salesforce 的回收站里放 15 天。',
      keep: '从回收站取回',
      goOn: '在 Salesforce 里删除',
    },
    both: {
      question:
        '你的 {{links}} 个任务里，有 {{count}} 个被删除了：{{toTrash}} 个在 Salesforce，{{toDelete}} 个在这里。另一边也跟着删除吗？',
      after: '保留的会留在这里，或从回收站取回。删除的会在这里或 Salesforce 的回收站里。',
      keep: '全部保留',
      goOn: '两边都删除',
    },
    missing: {
      question_other:
        '你的 {{links}} 个任务里，有 {{count}} 个 Salesforce 不再显示。它们在那边真的没有了吗？',
      after:
        '无论如何，这里都会保留。如果是 Salesforce 里的权限变了，可以请那边的管理员恢复，然后再看一次。',
      keep: '再看一次',
      goOn: '确实没有了',
    },
  },
  fault: {
    AUTHENTICATION_FAILURE: 'Salesforce 没有接受登录。请重新登录 Salesforce。',
    EXPIRED_ACCESS: '代你访问 Salesforce 的授权已过期。请重新登录。',
    INACTIVE_ORGANIZATION: 'Salesforce 表示该组织未启用。原因可以问 Salesforce 管理员。',
    INACTIVE_USER: '你的 Salesforce 用户未启用，Salesforce 管理员可以启用它。',
    INVALID_GRANT: 'Salesforce 收回了代你访问的授权。请重新登录。',
    INVALID_SESSION_ID: 'Salesforce 会话已结束。请重新登录。',
    API_CURRENTLY_DISABLED: 'Salesforce 关闭了你的 API 权限，Salesforce 管理员可以打开。',
    API_DISABLED_FOR_ORG: '该 Salesforce 组织关闭了 API，Salesforce 管理员可以打开。',
    CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY:
      'Salesforce 里的自动化拦下了这次修改，可以请 Salesforce 管理员看看。',
    ENTITY_IS_LOCKED: '该记录在 Salesforce 里被锁定，也许正在审批。解锁后会自动发出。',
    FIELD_CUSTOM_VALIDATION_EXCEPTION:
      'Salesforce 的一条验证规则没有通过。改好它指出的地方，就会自动发出。',
    FIELD_FILTER_VALIDATION_EXCEPTION:
      '有个值不符合 Salesforce 的查找筛选条件。换一个，就会自动发出。',
    FIELD_INTEGRITY_EXCEPTION: '有两个值在 Salesforce 里不能并存。改掉它指出的那个，就会自动发出。',
    INSUFFICIENT_ACCESS: '你的 Salesforce 用户没有这个权限，Salesforce 管理员可以授予。',
    INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY:
      '你的 Salesforce 用户看不到任务所属的记录，Salesforce 管理员可以授予权限。',
    INSUFFICIENT_ACCESS_OR_READONLY:
      '你的 Salesforce 用户不能修改这条记录，Salesforce 管理员可以授予权限。',
    INVALID_CROSS_REFERENCE_KEY:
      '任务所属的联系人或记录已不在 Salesforce。在这里移除它，任务就会自动发出。',
    INVALID_FIELD_FOR_INSERT_UPDATE:
      '有个字段你的 Salesforce 用户不能写，Salesforce 管理员可以授予权限。',
    INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST:
      'Salesforce 不认识这个状态或优先级。管理员可以在设置里改对应关系。',
    INVALID_TYPE: '你的 Salesforce 用户不能使用任务，Salesforce 管理员可以授予权限。',
    MALFORMED_ID: '有个记录编号在 Salesforce 里无效。请移除联系人或相关记录，重新选择。',
    REQUIRED_FIELD_MISSING:
      'Salesforce 要求填写一个 Tandem 不填的字段，Salesforce 管理员可以调整。',
    STRING_TOO_LONG: '有段文字超出了 Salesforce 的长度。改短它，就会自动发出。',
    TXN_SECURITY_NO_ACCESS: 'Salesforce 的安全策略拦下了这次操作，可以请 Salesforce 管理员看看。',
    FAILED_WRITE: 'Salesforce 刚才没能保存，Tandem 会自动再试。',
    INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE: 'Salesforce 正在维护，Tandem 会自动再试。',
    QUERY_TIMEOUT: 'Salesforce 查询超时，Tandem 会自动再试。',
    REQUEST_LIMIT_EXCEEDED: '组织的 API 调用次数暂时用完了。有余量后 Tandem 会自动继续。',
    SERVER_UNAVAILABLE: 'Salesforce 暂时不可用，Tandem 会自动再试。',
    UNABLE_TO_LOCK_ROW: '别人正在 Salesforce 里保存同一条记录，Tandem 会自动再试。',
    INVALID_FIELD: 'Salesforce 读取字段超时，Tandem 会自动再试。',
    NETWORK: '连不上 Salesforce，Tandem 会自动再试。',
    TIMEOUT: 'Salesforce 没有及时应答，Tandem 会自动再试。',
    CANNOT_UPDATE_CONVERTED_LEAD: '这个潜在客户已在 Salesforce 里转换，不能再改。请改选联系人。',
    UNKNOWN_EXCEPTION: 'Salesforce 内部出错。管理员可以向 Salesforce 支持求助。',
    OUTCOME_UNKNOWN:
      'Salesforce 的应答丢失了，Tandem 无法判断那边是否已建好任务。请到 Salesforce 看一眼，再选“重试”或“忽略”。',
    UNREADABLE_RECORD:
      '这条 Salesforce 任务里有 Tandem 无法保存的字符或值。在那边改好之后，任务会自动继续同步。',
    BROKEN_INVARIANT:
      'Tandem 发现接下来的操作会违背自己的承诺，因此没有执行，两边都保持原样。请告知 Tandem 的管理人员；旁边的代码指明是哪一条承诺。',
  },
  skip: {
    outside_window: '在导入的时间范围内没有改动',
    unmapped_closed_status: '以未对应的状态关闭',
    series: '重复任务的系列（其中每次任务照常同步）',
    deleted: '在 Salesforce 回收站里',
    archived: '已被 Salesforce 归档',
    not_yours: '属于别人',
    unreadable: '含有 Tandem 无法保存的字符或值',
    unknown: '其他原因',
  },
  whoseMove: {
    nobody: '什么都不用做，Tandem 会自动再试。',
    user: '等你处理。',
    admin: '等管理员处理。',
  },
  since: '自 {{when}} 起',
  salesforceSays: 'Salesforce 原话：',
  act: { signIn: '登录 Salesforce', fix: '去看看', retry: '重试' },
};
