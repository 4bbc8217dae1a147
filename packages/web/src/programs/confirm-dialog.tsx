import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { problemText } from '../api/problem-text.ts';
import { useT } from '../i18n/use-t.ts';
import s from '../ui/page.module.css';

/** Before what cannot be undone. Once it is under way it stays, to say how it went. */
export function ConfirmDialog(props: {
  title: string;
  text: string;
  confirm: string;
  keep: string;
  act: () => Promise<void>;
  onClose: () => void;
}) {
  const { title, text, confirm, keep, act, onClose } = props;
  const { t } = useT();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const go = async () => {
    setBusy(true);
    try {
      await act();
      onClose();
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
      title={title}
      closeButtonProps={{ 'aria-label': t('common.close'), disabled: busy }}
    >
      <p>{text}</p>
      <div role="alert">{fault && <p className={s.bad}>{fault}</p>}</div>
      <div className={s.dialogActions}>
        <Button variant="default" onClick={onClose} disabled={busy} data-autofocus>
          {keep}
        </Button>
        <Button color="var(--red)" c="var(--ground)" loading={busy} onClick={() => void go()}>
          {confirm}
        </Button>
      </div>
    </Modal>
  );
}
