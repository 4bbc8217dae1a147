import { useT } from '../i18n/use-t.ts';
import { CloseIcon } from './icons.tsx';
import { dismissToast, holdToasts, releaseToasts, type Toast, useToasts } from './toast.ts';
import s from './toaster.module.css';

export function Toaster() {
  const toasts = useToasts();
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only waits for who is reading
    <div
      className={s.stack}
      onPointerEnter={() => holdToasts('pointer')}
      onPointerLeave={() => releaseToasts('pointer')}
      onFocus={() => holdToasts('focus')}
      onBlur={() => releaseToasts('focus')}
    >
      <div role="status" aria-live="polite">
        {toasts
          .filter((shown) => shown.kind === 'done')
          .map((shown) => (
            <ToastLine key={shown.id} shown={shown} />
          ))}
      </div>
      <div role="alert">
        {toasts
          .filter((shown) => shown.kind === 'failed')
          .map((shown) => (
            <ToastLine key={shown.id} shown={shown} />
          ))}
      </div>
    </div>
  );
}

function ToastLine({ shown }: { shown: Toast }) {
  const { t } = useT();
  const { action } = shown;
  return (
    <div className={s.toast} data-kind={shown.kind}>
      <span className={s.text}>{shown.text}</span>
      {action && (
        <button
          type="button"
          className={s.action}
          onClick={() => {
            dismissToast(shown.id);
            action.run();
          }}
        >
          {action.label}
        </button>
      )}
      <button
        type="button"
        className={s.close}
        aria-label={t('common.close')}
        onClick={() => dismissToast(shown.id)}
      >
        <CloseIcon size={14} />
      </button>
    </div>
  );
}
