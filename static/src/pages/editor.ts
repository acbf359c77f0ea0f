import "../../styles/editor.css";
