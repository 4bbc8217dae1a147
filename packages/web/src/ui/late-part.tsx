import i18next from 'i18next';
import { type ComponentType, lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { toast } from './toast.ts';

interface Closable {
  /** What stays open without its script, as the fields of a filter, has none. */
  readonly onClose?: () => void;
}

/**
 * A part whose script comes when it is opened first. One that does not come (offline, or of a version that is gone)
 * closes the part again and says so; the page around it stays, and the next opening asks anew.
 */
export function latePart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  waiting: (props: Props) => ReactNode = () => null,
): ComponentType<Props> {
  // React keeps for good what a lazy part became.
  const ask = () =>
    lazy(async (): Promise<{ default: ComponentType<Props> }> => {
      try {
        return { default: await load() };
      } catch {
        current = ask();
        return { default: NotCome as ComponentType<Props> };
      }
    });
  let current = ask();

  // biome-ignore lint/correctness/noComponentHookFactories: made once for each part, as lazy() makes them
  return function LatePart(props) {
    const [Part] = useState(() => current);
    return (
      <Suspense fallback={waiting(props)}>
        <Part {...props} />
      </Suspense>
    );
  };
}

function NotCome({ onClose }: Closable) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, however often the page is drawn until it is closed
  useEffect(() => {
    sayNotCome();
    onClose?.();
  }, []);
  return null;
}

/** Some browsers keep for as long as the page that a script did not come. Offline, a page loaded again would be none. */
function sayNotCome(): void {
  const reload = { label: i18next.t('common.page.reload'), run: () => window.location.reload() };
  toast(i18next.t('common.page.partMissing'), {
    kind: 'failed',
    action: navigator.onLine ? reload : null,
  });
}
