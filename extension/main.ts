import type { ExtensionContext, LogOutputChannel } from "vscode";
import { showMoneyIn } from "./base/format.ts";
import { Lifetime } from "./base/lifetime.ts";
import { openLog } from "./base/log.ts";
import { Owner } from "./base/owner.ts";
import { onAnyChange, Setting } from "./base/setting.ts";
import { once } from "./base/timers.ts";
import { countTimeIn } from "./base/zone.ts";
import { settings } from "./manifest.ts";
import { AlertNotices } from "./views/alert-notices.ts";
import { KeptSecrets } from "./views/alert-secrets.ts";
import { Arrangement } from "./views/arrangement.ts";
import { Badges } from "./views/badges.ts";
import { BillPanel } from "./views/bill-panel.ts";
import { Blames } from "./views/blames.ts";
import { ChangesView } from "./views/changes-view.ts";
import { registerCommands } from "./views/commands.ts";
import { CommitRecords } from "./views/commit-records.ts";
import { ComparePanels } from "./views/compare-panels.ts";
import { Diffs } from "./views/diffs.ts";
import { ForwardQuestion } from "./views/forward-question.ts";
import { ForwardSetting } from "./views/forward-setting.ts";
import { Lenses, type LensMode } from "./views/lenses.ts";
import { Letters } from "./views/letters.ts";
import { type BlameMode, LineBlame } from "./views/line-blame.ts";
import { LiveSessions } from "./views/live.ts";
import { Notifier } from "./views/notifier.ts";
import { Places } from "./views/places.ts";
import { ReplayPanels } from "./views/replay-panels.ts";
import { SessionsView } from "./views/sessions-view.ts";
import { SpendBar } from "./views/spend-bar.ts";
import { type MoneySettings, Spending } from "./views/spending.ts";
import { StatusBar } from "./views/status-bar.ts";
import { offerInTerminals } from "./views/terminal-path.ts";
import { ThisFileView } from "./views/this-file-view.ts";
import { UsageView } from "./views/usage-view.ts";
import { VirtualFiles } from "./views/virtual-files.ts";

let life: Lifetime | undefined;

/** Runs in every window: joins the owner of the recorded sessions, or starts it, and shows what it answers. */
export function activate(context: ExtensionContext): void {
  life = new Lifetime();
  const log = life.add(openLog());
  const tier = new Setting(settings.privacyTier);
  const folders = new Setting(settings.claudeFolders);
  const port = new Setting(settings.port);
  const grpcPort = new Setting(settings.grpcPort);
  const keepDays = new Setting(settings.keepDays);
  const prices = new Setting(settings.prices);
  const redact = new Setting(settings.redact);
  const timeZone = new Setting(settings.timeZone);
  const { billing, ...alerting } = moneySettings();
  countTimeIn(timeZone.value);
  const forward = life.add(new ForwardSetting(new Setting(settings.forward), context.secrets));
  const asked = { tier, folders, port, grpcPort, keepDays, prices, redact, timeZone, ...alerting };
  const places = new Places(context, { ...asked, forward });
  const hookScript = context.asAbsolutePath("media/hook.sh");
  const owner = life.add(
    new Owner(context.asAbsolutePath("dist/recorder.js"), places.own(), line => log.info(line)),
  );
  life.add(forward.changed.on(() => owner.move(places.own())));
  life.add(new ForwardQuestion(owner));
  const arrangement = new Arrangement(context.workspaceState);
  const live = life.add(new LiveSessions(owner));
  const view = life.add(new SessionsView(owner, arrangement, live));
  life.add(new StatusBar(live));
  life.add(new Notifier(live, new Setting(settings.notifyWhenWaiting)));
  life.add(new Letters());
  const changes = life.add(new ChangesView(owner));
  life.add(view.chosen.on(row => changes.show(row)));
  const diffs = new Diffs(life.add(new VirtualFiles(owner)));
  const { blame, blames } = showAuthors(life, owner, log);
  const panels = life.add(new ReplayPanels(owner, blames, context.extensionUri));
  const comparisons = life.add(new ComparePanels(owner, context.extensionUri, panels));
  life.add(new AlertNotices(owner));
  const bill = showMoney(life, owner, panels, { context, money: { ...alerting, billing } });
  const secrets = life.add(new KeptSecrets(owner, context.secrets));

  const offer = () => void offerInTerminals(context, places.own(), log);
  life.add(once(0, offer));
  life.add(onAnyChange([port], offer));
  life.add(onAnyChange([timeZone], () => countTimeIn(timeZone.value)));
  life.add(onAnyChange(Object.values(asked), () => owner.move(places.own())));
  life.add(
    registerCommands({
      ...{ owner, places, view, arrangement, panels, comparisons, bill, diffs, blame, tier, folders, log },
      secrets,
      hookScript,
    }),
  );
}

/** Who wrote the code: beside it, above it, in the Explorer, and written down with each commit. */
function showAuthors(life: Lifetime, owner: Owner, log: LogOutputChannel) {
  const blame = new Setting<BlameMode>(settings.blame);
  const blames = life.add(new Blames(owner));
  life.add(new ThisFileView(owner, blames));
  life.add(new LineBlame(blames, blame));
  life.add(new Lenses(owner, blames, new Setting<LensMode>(settings.codeLens)));
  life.add(new Badges(owner, new Setting(settings.fileBadges)));
  life.add(new CommitRecords(owner, new Setting(settings.recordCommits), log));
  return { blame, blames };
}

/** What the user says about money, and about when and how to be told. */
function moneySettings() {
  return {
    budgets: new Setting(settings.budgets),
    weekStart: new Setting(settings.weekStart),
    alerts: new Setting(settings.alerts),
    webhook: new Setting(settings.webhook),
    mail: new Setting(settings.mail),
    billing: new Setting(settings.billing),
  };
}

/** What Claude Code costs: in a page, in the sidebar, and in the status bar. */
function showMoney(
  life: Lifetime,
  owner: Owner,
  replays: ReplayPanels,
  { context, money }: { context: ExtensionContext; money: MoneySettings },
): BillPanel {
  showAmounts(life, owner);
  const spending = life.add(new Spending(owner, money));
  life.add(new SpendBar(spending, money));
  life.add(new UsageView(spending, owner));
  const { extensionUri: extension, globalState: memory } = context;
  return life.add(new BillPanel({ owner, extension, replays, settings: money, memory }));
}

/** In the user's currency; all that shows amounts asks for them again when it is another. */
function showAmounts(life: Lifetime, owner: Owner): void {
  const currency = new Setting(settings.currency);
  showMoneyIn(currency.value);
  life.add(
    onAnyChange([currency], () => {
      showMoneyIn(currency.value);
      owner.hints.fire({ kind: "state" });
    }),
  );
}

/** Saves what is not saved yet; the next window takes over as the owner. */
export async function deactivate(): Promise<void> {
  await life?.close();
}
