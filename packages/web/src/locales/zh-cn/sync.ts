import { FAULT_TEXTS_ZH_CN, SKIP_TEXTS_ZH_CN } from '@tandem/api/faults/zh-cn';
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
  fault: FAULT_TEXTS_ZH_CN,
  skip: SKIP_TEXTS_ZH_CN,
  twoSentences: '{{what}}{{next}}',
  since: '自 {{when}} 起',
  salesforceSays: 'Salesforce 原话：',
};
