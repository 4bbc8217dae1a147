import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { request } from '../api/client.ts';
import { problemText } from '../api/problem-text.ts';
import { useT } from '../i18n/use-t.ts';
import s from '../ui/page.module.css';

/** Once it is under way it stays, to say how it went. */
export function DisconnectDialog({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const { t } = useT();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const disconnect = async () => {
    setBusy(true);
    try {
      await request('v1/salesforce/connection', { method: 'DELETE' });
      onDone();
    } catch (problem) {
      setBusy(false);
      setFault(problemText(t, problem));
    }
  };
  return (
    <Modal
      opened
      onClose={() => !busy && onClose()}
      centered
      title={t('settings.salesforce.account.disconnectTitle')}
      closeButtonProps={{ 'aria-label': t('common.close'), disabled: busy }}
    >
      <p>{t('settings.salesforce.account.disconnectText')}</p>
      <div role="alert">{fault && <p className={s.bad}>{fault}</p>}</div>
      <div className={s.dialogActions}>
        <Button variant="default" onClick={onClose} disabled={busy} data-autofocus>
          {t('settings.salesforce.account.disconnectCancel')}
        </Button>
        <Button
          color="var(--red)"
          c="var(--ground)"
          loading={busy}
          onClick={() => void disconnect()}
        >
          {t('settings.salesforce.account.disconnectConfirm')}
        </Button>
      </div>
    </Modal>
  );
}
