namespace SongMood.Reports.Html;

/// <summary>How the page looks: by the reader's choice of light or dark, on screens and on paper.</summary>
internal static class Style
{
    public const string Sheet = """
        :root { color-scheme: light dark; --text: #1b1f24; --faint: #59636e; --back: #ffffff; --card: #f5f7f9; --line: #d4dae0; --bad: #b3261e; --good: #1a7f37; }
        @media (prefers-color-scheme: dark) {
          :root { --text: #e6e9ed; --faint: #9aa4af; --back: #14171b; --card: #1d2126; --line: #363d45; --bad: #ff8a80; --good: #57c77d; }
        }
        * { box-sizing: border-box; }
        body { margin: 0 auto; padding: 1.5rem; max-width: 68rem; background: var(--back); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
        h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; overflow-wrap: anywhere; }
        h2 { font-size: 1.2rem; margin: 2.25rem 0 .5rem; border-bottom: 1px solid var(--line); padding-bottom: .25rem; }
        p { margin: .4rem 0; }
        .faint, figcaption { color: var(--faint); font-size: .9rem; }
        .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: .75rem; margin: 1rem 0; padding: 0; }
        .figures div { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .7rem .9rem; }
        .figures dt { color: var(--faint); font-size: .85rem; }
        .figures dd { margin: 0; }
        .figures b { font-size: 1.5rem; font-weight: 600; font-variant-numeric: tabular-nums; }
        .check { border-left: 4px solid var(--good); padding: .4rem .8rem; background: var(--card); margin: .5rem 0; overflow-wrap: anywhere; }
        .check.bad { border-color: var(--bad); }
        .check.unknown { border-color: var(--faint); }
        figure { margin: .75rem 0; overflow-x: auto; }
        .pair { display: flex; flex-wrap: wrap; gap: 1rem; }
        .pair figure { flex: 1 1 24rem; }
        svg { width: 100%; height: auto; display: block; }
        svg text { fill: var(--text); font: 12px system-ui, sans-serif; }
        svg .grid { stroke: var(--line); stroke-width: 1; }
        svg .stroke { stroke: var(--text); stroke-width: 1.5; }
        .legend { display: flex; flex-wrap: wrap; gap: .2rem 1rem; font-size: .9rem; }
        .legend i { display: inline-block; width: .8rem; height: .8rem; margin-right: .35rem; border-radius: 2px; vertical-align: -1px; }
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; font-size: .92rem; font-variant-numeric: tabular-nums; }
        caption { text-align: left; color: var(--faint); padding-bottom: .3rem; }
        th, td { text-align: left; vertical-align: top; padding: .3rem .7rem; border-bottom: 1px solid var(--line); overflow-wrap: break-word; }
        th { font-weight: 600; }
        .number { text-align: right; white-space: nowrap; }
        .path { overflow-wrap: anywhere; min-width: 12rem; }
        code { font: .88em ui-monospace, monospace; overflow-wrap: anywhere; }
        pre { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .7rem .9rem; white-space: pre-wrap; overflow-wrap: anywhere; }
        summary { cursor: pointer; color: var(--faint); }
        /* Paper is not scrolled: all of a chart and of a table is there, smaller. */
        @media print {
          body { max-width: none; padding: 0; }
          h2, .legend, caption { break-after: avoid; }
          figure, tr, .figures div { break-inside: avoid; }
          figure, .scroll { overflow: visible; }
          .pair { flex-wrap: nowrap; }
          .pair figure { flex-basis: 0; min-width: 0; }
          svg { min-width: 0 !important; }
          table { font-size: .8rem; }
          th, td { padding: .25rem .4rem; }
          .path { min-width: 8rem; }
        }
        """;
}
