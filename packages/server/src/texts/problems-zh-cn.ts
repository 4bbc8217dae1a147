import type { ProblemCode } from '@tandem/api';

/** Titles and next steps of the catalogue; a code without them does not compile. */

export const TITLES_ZH: Record<ProblemCode, string> = {
  invalid_input: '部分输入无效。',
  invalid_template: '模板里有错误。',
  not_signed_in: '请先登录。',
  wrong_credentials: '邮箱与密码不匹配。',
  not_allowed: '你的角色不允许这样做。',
  cross_site: '这个请求来自别的网站。',
  not_found: '这里什么也没有。',
  method_not_allowed: '这个地址不支持该操作。',
  conflict: '其间已有别人改过它。',
  request_under_way: '同样的请求正在处理，或已中断。',
  idempotency_key_reused: '这个 Idempotency-Key 已用于别的请求。',
  webhook_off: '这个 Webhook 已关闭。',
  not_connected: '请先连接 Salesforce。',
  nothing_asked: '没有等待答复的问题。',
  confirm_status_map: '需要管理员先确认该组织各个状态的含义。',
  sync_is_off: '同步已关闭。',
  too_large: '一次太多了。',
  unsupported_media_type: '请发送 JSON。',
  too_many_requests: '请求太频繁，请稍候。',
  internal: '我们这边出了故障。',
  salesforce_unavailable: 'Salesforce 没有正常应答。',
  salesforce_sign_in: '请重新登录 Salesforce。',
  mail_off: '这里不发送邮件。',
  mail_unavailable: '邮件服务器没有接收这封邮件。',
  link_used: '这个链接已经用过，或者太旧了。',
  not_ready: 'Tandem 正在启动，或数据库暂时不可用。',
};

export const ADVICE_ZH: Record<ProblemCode, string> = {
  invalid_input: 'errors 列出了每个有问题的字段及原因，改正后再发送。',
  invalid_template: 'errors 指出了位置。只能使用七个动态字段，每个都放在双花括号里。',
  not_signed_in: '请登录，或发送 Authorization: Bearer tdm_…，使用未被撤销的令牌。',
  wrong_credentials: '请检查两者。为安全起见，不会说明是哪一个不对。',
  not_allowed: '请工作区的管理员来做，或让管理员更改你的角色。',
  cross_site: '带会话 Cookie 的写入只接受来自 Tandem 自己的页面；程序请使用令牌。',
  not_found: '它不存在，或者你无权查看。',
  method_not_allowed: 'Allow 响应头列出了这个地址支持的操作。',
  conflict: '请重新读取，再做决定。',
  request_under_way:
    '请稍后再问。如果一直如此，说明第一个请求已中断：先看是否已生效，再换一个新的键。',
  idempotency_key_reused: '每个请求使用新的 Idempotency-Key；只有重复同一请求时才能沿用。',
  webhook_off: '请先启用：发送 PATCH {"state":"on"}，或在“设置 → 程序接入”中打开。',
  not_connected: '请连接 Salesforce 账户：设置 → Salesforce。',
  nothing_asked: '无需处理。已经有人答复，或所问之事已不存在。',
  confirm_status_map:
    '该组织缺少标准状态。请管理员确认建议的对应关系：PUT sync/settings {"confirmStatusMap":true}，或在“设置 → Salesforce”中确认。',
  sync_is_off: '请打开同步：设置 → Salesforce → 同步设置。',
  too_large: '请拆分：每个请求最多 1 MiB，一次最多 500 项任务。',
  unsupported_media_type: '请发送 Content-Type: application/json。',
  too_many_requests: '请等待 Retry-After 响应头所示的时间。',
  internal: '这个请求没有保存任何内容。请再试一次；日志里有请求的编号。',
  salesforce_unavailable: '请一分钟后再试。这里的数据没有改动。',
  salesforce_sign_in: '请重新连接 Salesforce：设置 → Salesforce。其间什么都不会丢失。',
  mail_off:
    '请 Tandem 的运维人员设置 TANDEM_SMTP_URL 和 TANDEM_MAIL_FROM；tandem doctor 可以检查。',
  mail_unavailable: '请稍后再试。tandem doctor 会说明邮件服务器的应答。',
  link_used: '请重新申请一个。',
  not_ready: '请几秒钟后再试。',
};
