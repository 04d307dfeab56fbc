// A page that is one file: any browser opens it, and it asks nothing of any server.
import { language } from './language';

export const escaped = (text: string): string => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

/** Without a script. */
const STILL = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

interface SinglePage {
  title: string;
  style: string;
  /** Of its body, as HTML. */
  body: string;
  /** Of its words; absent: that of the app. */
  lang?: string;
  /** What it may run and load (Content-Security-Policy); absent: its styles. */
  policy?: string;
}

export const singlePage = ({ title, style, body, lang = language, policy = STILL }: SinglePage): string => `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
${body}
</body>
</html>
`;
