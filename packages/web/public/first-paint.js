// Sets what the first paint depends on: the colour scheme and the language of the document.
(() => {
  let scheme = 'auto';
  let language = '';
  try {
    scheme = localStorage.getItem('mantine-color-scheme-value') || 'auto';
    language = localStorage.getItem('tandem-language') || '';
  } catch {
    // Storage may be blocked; the system's choice is a fine answer then.
  }
  const dark =
    scheme === 'dark' || (scheme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
  const root = document.documentElement;
  root.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
  root.style.colorScheme = dark ? 'dark' : 'light';
  root.lang = language || (navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en');
})();
