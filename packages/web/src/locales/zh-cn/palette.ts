import type { enLater } from '../en/later.ts';
import type { Texts } from '../texts.ts';

export const palette: Texts<typeof enLater.palette> = {
  label: '命令',
  ask: {
    commands: '找任务、找命令，或直接写一个新任务',
    due: '输入日期：明天、周五、11月24日',
    person: '谁的任务？输入名字',
    owner: '看谁的列表？输入名字',
    assign: '分配给谁？输入姓名',
  },
  group: {
    task: '这个任务',
    create: '新建',
    go: '前往',
    saved: '已存视图',
    list: '列表',
    app: '应用',
    found: '任务',
    choice: '选择',
  },
  nothing: '没有匹配的，少输几个字试试。',
  results_other: '{{count}} 个结果',
  due: '到期：{{day}}',
  dueOther: '改到别的日子…',
  priorityHigh: '设为高优先级',
  priorityNormal: '设为普通优先级',
  type: '类型：{{type}}',
  open: '打开',
  copyLink: '复制任务链接',
  add: '添加“{{name}}”',
  byPerson: '按联系人筛选…',
  byOwner: '按负责人筛选…',
};
