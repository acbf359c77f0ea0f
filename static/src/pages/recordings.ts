import { walkCalendar } from "../behaviors/calendar.ts";
import { dropEmptyFilters, keepRecordings, offerMore, switchView } from "../behaviors/recordings.ts";
import { listenForScrub } from "../behaviors/scrub.ts";

walkCalendar();
dropEmptyFilters();
keepRecordings();
offerMore();
switchView();
listenForScrub();
