import type { OrgRecord } from '../org/org.ts';
import { type Html, html } from '../pages/html.ts';
import { bareLayout } from '../pages/layout.ts';
import { SCOPES } from './scopes.ts';

export function loginPage(view: {
  readonly orgName: string;
  readonly username: string;
  readonly startUrl: string | null;
  readonly error: string | null;
  readonly people: readonly { readonly name: string; readonly username: string }[];
  readonly password: string;
}): Html {
  return bareLayout(
    'Log in',
    html`
    <h1 class="card-title">Log in</h1>
    <p class="card-lead">${view.orgName}, a sandbox org on this computer</p>
    ${view.error !== null && html`<p class="alert" role="alert" id="error">${view.error}</p>`}
    <form method="post" action="/" class="stack" id="login_form">
      ${view.startUrl !== null && html`<input type="hidden" name="startURL" value="${view.startUrl}">`}
      <div class="field">
        <label for="username">Username</label>
        <input id="username" name="username" type="email" autocomplete="username" required
          value="${view.username}" ${view.username === '' && html`autofocus`}>
      </div>
      <div class="field">
        <label for="password">Password</label>
        <input id="password" name="pw" type="password" autocomplete="current-password" required
          ${view.username !== '' && html`autofocus`}>
      </div>
      <button class="button primary wide" type="submit" id="Login" name="Login" value="Log In">Log In</button>
    </form>
    ${view.people.length > 0 && peopleHint(view.people, view.password)}`,
  );
}

function peopleHint(
  people: readonly { readonly name: string; readonly username: string }[],
  password: string,
): Html {
  return html`
    <section class="hint" aria-labelledby="people-title">
      <h2 id="people-title">Demo people</h2>
      <ul class="people">
        ${people.map(
          (
            person,
          ) => html`<li><button type="button" class="person" data-fill-username="${person.username}"
            data-fill-password="${password}">
            <span class="person-name">${person.name}</span> <span class="muted">${person.username}</span>
          </button></li>`,
        )}
      </ul>
      <p class="muted">Press a name to fill it in. Everybody’s password is <code>${password}</code></p>
    </section>`;
}

export function approvalPage(view: {
  readonly orgName: string;
  readonly appName: string;
  readonly callback: string;
  readonly scope: string;
  readonly user: OrgRecord;
  readonly csrf: string;
  readonly source: string;
  readonly otherPersonUrl: string;
}): Html {
  const wishes = [...new Set(view.scope.split(' ').map((word) => SCOPES[word] ?? word))];
  return bareLayout(
    'Allow access?',
    html`
    <h1 class="card-title">Allow access?</h1>
    <p class="card-lead"><strong>${view.appName}</strong> at ${view.callback} asks to:</p>
    <ul class="wishes">${wishes.map((wish) => html`<li>${wish}</li>`)}</ul>
    <p class="muted">You are signed in as ${String(view.user.Name)} (${String(view.user.Username)}).</p>
    <form method="post" class="actions" id="editPage">
      <input type="hidden" name="csrf" value="${view.csrf}">
      <input type="hidden" name="source" value="${view.source}">
      <button class="button" type="submit" id="oadeny" name="save" value="deny">Deny</button>
      <button class="button primary" type="submit" id="oaapprove" name="save" value="allow">Allow</button>
    </form>
    <p class="center"><a href="${view.otherPersonUrl}">Not you? Log in as somebody else</a></p>`,
  );
}

export function authorizeErrorPage(orgName: string, code: string, message: string): Html {
  return bareLayout(
    'The app cannot be let in',
    html`
    <h1 class="card-title">The app cannot be let in</h1>
    <p class="card-lead">${EXPLANATIONS[code] ?? message}</p>
    <p class="muted">${orgName} did not send you on, because it does not know where that would be safe.</p>
    <p class="code" id="oauth-error"><code>error=${code}&amp;error_description=${message}</code></p>`,
  );
}

const EXPLANATIONS: Readonly<Record<string, string>> = {
  invalid_client_id: 'No connected app has the client id that was given.',
  redirect_uri_mismatch: 'The address to return to is not one the connected app has registered.',
  invalid_csrf_token: 'This page was open for too long. Start again from the app.',
};
