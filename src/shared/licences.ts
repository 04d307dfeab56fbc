// The licences of everything that Overbatch is made of, read from THIRD-PARTY-NOTICES.md as scripts/notices.mjs writes it.

export interface Component {
  name: string;
  /** Absent: it has none, such as weights. */
  version?: string;
  /** "MIT", "Apache-2.0". */
  licence: string;
  text: string;
}

export interface Licences {
  overbatch: string;
  electron: string;
  chromium: string;
  /** Overbatch itself first, whose text others refer to. */
  components: Component[];
  /** Those of Electron and Chromium lie in a file of their own. */
  hasBrowserFile: boolean;
}

const SECTION = /^## (.+)\n\nLicence: (.+)\n\n([\s\S]*)$/;
/** The last @ stands before the version: names of packages may begin with one. */
const VERSIONED = /^(.+)@([^@\s]+)$/;

export function componentsIn(notices: string): Component[] {
  return notices.split(/\n(?=## .+\n\nLicence: )/).flatMap((part) => {
    const [, title, licence, rest] = SECTION.exec(part.trim()) ?? [];
    if (title === undefined) return [];
    const [, name = title, version] = VERSIONED.exec(title) ?? [];
    return [{ name, ...(version !== undefined && { version }), licence, text: withoutFence(rest) }];
  });
}

const withoutFence = (text: string): string => /^```\n([\s\S]*?)\n?```$/.exec(text.trim())?.[1] ?? text.trim();
