namespace Crm.Reports;

/// <summary>The styles of a report that stands alone: on a screen, in the dark, on a phone and on A4.</summary>
internal static class ReportStyle
{
    public const string Css = """
        :root { color-scheme: light dark; --ground: #f6f7f9; --surface: #fff; --line: #dfe3ea; --ink: #161b26; --ink-2: #4a5468; --ink-3: #636d82; --in: #3a4fd0; --out: #cf7a1c; }
        @media (prefers-color-scheme: dark) { :root { --ground: #0e1116; --surface: #161a22; --line: #2a303c; --ink: #eef1f6; --ink-2: #b6bfce; --ink-3: #96a0b2; --in: #7d90ff; } rect[fill="#3A4FD0"] { fill: var(--in); } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "PingFang SC", "Microsoft YaHei", sans-serif; }
        main { max-width: 52rem; margin: 0 auto; padding: 2rem 1.25rem 3rem; display: grid; gap: 1.1rem; grid-template-columns: minmax(0, 1fr); }
        .kicker { margin: 0; color: var(--ink-3); font-weight: 600; overflow-wrap: anywhere; }
        h1 { font-size: 1.9rem; line-height: 1.2; letter-spacing: -.02em; margin: .1rem 0; }
        h2 { font-size: 1.05rem; margin: 0 0 .6rem; }
        .lead { margin: 0; color: var(--ink-2); }
        .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(8rem, 1fr)); background: var(--surface); border: 1px solid var(--line); border-radius: 10px; overflow: hidden; }
        .figures div { padding: .9rem 1.1rem; display: grid; }
        .value { font-size: 1.7rem; font-weight: 650; letter-spacing: -.02em; font-variant-numeric: tabular-nums; }
        .label { color: var(--ink-3); font-size: .82rem; }
        .card { background: var(--surface); border: 1px solid var(--line); border-radius: 10px; padding: 1.1rem 1.25rem; break-inside: avoid; }
        .card p { margin: 0; }
        .pair { display: grid; gap: 1.1rem; grid-template-columns: minmax(0, 1fr); align-items: start; }
        @media (min-width: 42rem), print { .pair { grid-template-columns: repeat(2, minmax(0, 1fr)); } }
        figure { margin: .3rem 0 0; overflow-x: auto; }
        :focus-visible { outline: 3px solid var(--in); outline-offset: 2px; border-radius: 4px; }
        svg { width: 100%; max-width: 46rem; height: auto; display: block; }
        .wide svg { min-width: 34rem; }
        g > rect { stroke: var(--surface); }
        svg text { fill: var(--ink-3); }
        .key { color: var(--ink-2); font-size: .82rem; display: flex; align-items: center; gap: .35rem; }
        .swatch { width: .8rem; height: .8rem; border-radius: 3px; display: inline-block; }
        .swatch.in { background: var(--in); }
        .swatch.out { background: var(--out); margin-left: .6rem; }
        .scroll { overflow-x: auto; }
        table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .9rem; }
        th { text-align: left; font-size: .76rem; color: var(--ink-3); padding: .35rem .6rem .35rem 0; border-bottom: 1px solid var(--line); white-space: nowrap; }
        td, th[scope=row] { padding: .35rem .6rem .35rem 0; border-bottom: 1px solid var(--line); }
        th[scope=row] { font-weight: 400; font-size: inherit; color: inherit; }
        tr:last-child td, tbody tr:last-child th { border-bottom: 0; }
        .num { text-align: right; padding-right: 0; padding-left: .6rem; }
        details { margin-top: .6rem; }
        summary { cursor: pointer; color: var(--ink-2); font-size: .85rem; }
        dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .25rem 1rem; margin: 0; font-size: .85rem; }
        dt { font-weight: 600; }
        dd { margin: 0; color: var(--ink-2); }
        footer { color: var(--ink-3); font-size: .78rem; overflow-wrap: anywhere; }
        @page { size: A4; margin: 14mm; }
        @media print { body { background: none; font-size: 10pt; } main { padding: 0; max-width: none; gap: .8rem; } .card, .figures { border-color: #ccc; padding: .7rem .9rem; } .figures { padding: 0; } .wide svg { min-width: 0; } .scroll, figure { overflow: visible; } tr, dt, dd { break-inside: avoid; } thead { display: table-header-group; } .card.long { break-inside: auto; } h2 { break-after: avoid; } details { display: none; } }
        """;
}
