import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { ApiProblem } from '../api/client.ts';
import { meQuery, taskListQuery } from '../api/queries.ts';
import { queryClient } from '../api/query-client.ts';
import { readHistorySearch } from '../history/history-search.ts';
import { loadLaterTexts } from '../i18n/i18n.ts';
import { listQueryOf, readListSearch } from '../tasks/list-search.ts';
import { ErrorPage, NotFoundPage } from '../ui/error-page.tsx';
import { PageSkeleton } from '../ui/page-skeleton.tsx';
import { Frame } from './frame.tsx';

/** The addresses of the product. Every page is its own chunk; the frame comes with the first one. */

const rootRoute = createRootRoute({
  component: Outlet,
  notFoundComponent: NotFoundPage,
  errorComponent: ErrorPage,
});

interface SignInSearch {
  readonly next?: string;
}
/** Only a path of our own: an address from elsewhere must not send people away after signing in. */
const readSignInSearch = (search: Record<string, unknown>): SignInSearch =>
  typeof search.next === 'string' && /^\/(?![/\\])/.test(search.next) ? { next: search.next } : {};

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: readSignInSearch,
  component: lazyRouteComponent(() => import('../auth/sign-in-page.tsx'), 'SignInPage'),
});

const signUpRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-up',
  validateSearch: readSignInSearch,
  component: lazyRouteComponent(() => import('../auth/sign-up-page.tsx'), 'SignUpPage'),
});

const forgotPasswordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/forgot-password',
  component: lazyRouteComponent(
    () => import('../auth/forgot-password-page.tsx'),
    'ForgotPasswordPage',
  ),
});

const resetPasswordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/reset-password',
  component: lazyRouteComponent(
    () => import('../auth/reset-password-page.tsx'),
    'ResetPasswordPage',
  ),
});

const joinRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/join',
  beforeLoad: () => loadLaterTexts(),
  component: lazyRouteComponent(() => import('../auth/join-page.tsx'), 'JoinPage'),
});

const frameRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'frame',
  component: Frame,
  beforeLoad: async ({ location }) => {
    try {
      await queryClient.ensureQueryData(meQuery);
    } catch (fault) {
      if (fault instanceof ApiProblem && fault.code === 'not_signed_in') {
        throw redirect({
          to: '/sign-in',
          search: location.href === '/' ? {} : { next: location.href },
        });
      }
      throw fault;
    }
  },
});

const commandCenterRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/',
  validateSearch: readListSearch,
  loaderDeps: ({ search }) => listQueryOf(search) ?? {},
  // Asked for while the page's own script is still on its way; nothing waits for it.
  loader: ({ deps, cause }) => {
    if (cause === 'enter' && 'view' in deps)
      void queryClient.prefetchInfiniteQuery(taskListQuery(deps));
  },
  component: lazyRouteComponent(() => import('../tasks/command-center.tsx'), 'CommandCenter'),
});

const taskRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/tasks/$id',
  beforeLoad: () => loadLaterTexts(),
  component: lazyRouteComponent(() => import('../task-page/task-page.tsx'), 'TaskPage'),
});

const historyRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/history',
  validateSearch: readHistorySearch,
  beforeLoad: () => loadLaterTexts(),
  component: lazyRouteComponent(() => import('../history/history-page.tsx'), 'HistoryPage'),
});

const diagnosticsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/diagnostics',
  beforeLoad: () => loadLaterTexts(),
  component: lazyRouteComponent(
    () => import('../diagnostics/diagnostics-page.tsx'),
    'DiagnosticsPage',
  ),
});

const healthRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/health',
  beforeLoad: () => loadLaterTexts(),
  component: lazyRouteComponent(() => import('../health/health-page.tsx'), 'HealthPage'),
});

const noticesRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/notices',
  component: lazyRouteComponent(() => import('../notices/notices-page.tsx'), 'NoticesPage'),
});

const settingsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/settings',
  beforeLoad: () => loadLaterTexts(),
  component: lazyRouteComponent(() => import('../settings/settings-page.tsx'), 'SettingsPage'),
});

const settingsIndexRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/settings/salesforce', replace: true });
  },
});

const salesforceRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/salesforce',
  validateSearch: (search: Record<string, unknown>): { connected?: '1'; error?: string } => {
    // The router reads `connected=1` as a number.
    if (String(search.connected ?? '') === '1') return { connected: '1' };
    return typeof search.error === 'string' ? { error: search.error } : {};
  },
  component: lazyRouteComponent(() => import('../settings/salesforce-page.tsx'), 'SalesforcePage'),
});

const templateRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/activity-details',
  component: lazyRouteComponent(() => import('../settings/template-page.tsx'), 'TemplatePage'),
});

const remindersRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/reminders',
  component: lazyRouteComponent(() => import('../reminders/reminders-page.tsx'), 'RemindersPage'),
});

const programsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/programs',
  component: lazyRouteComponent(() => import('../programs/programs-page.tsx'), 'ProgramsPage'),
});

const teamRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/team',
  component: lazyRouteComponent(() => import('../team/team-page.tsx'), 'TeamPage'),
});

const accountRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/account',
  component: lazyRouteComponent(() => import('../team/account-page.tsx'), 'AccountPage'),
});

const auditRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/audit',
  component: lazyRouteComponent(() => import('../team/audit-page.tsx'), 'AuditPage'),
});

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    signInRoute,
    signUpRoute,
    forgotPasswordRoute,
    resetPasswordRoute,
    joinRoute,
    frameRoute.addChildren([
      commandCenterRoute,
      taskRoute,
      historyRoute,
      diagnosticsRoute,
      healthRoute,
      noticesRoute,
      settingsRoute.addChildren([
        settingsIndexRoute,
        salesforceRoute,
        templateRoute,
        remindersRoute,
        programsRoute,
        teamRoute,
        accountRoute,
        auditRoute,
      ]),
    ]),
  ]),
  defaultPreload: 'intent',
  defaultPendingMs: 150,
  defaultPendingMinMs: 200,
  defaultPendingComponent: PageSkeleton,
  defaultErrorComponent: ErrorPage,
  defaultNotFoundComponent: NotFoundPage,
  scrollRestoration: false,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
