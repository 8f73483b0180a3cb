/** The page docs/jinja-coverage.md as a text. */
export declare function coveragePage(): string;
